namespace Pvm2.Runtime.Programs;

/// <summary>Something the producer of a program wishes to tell: a compiler's name, a source revision.</summary>
/// <param name="Key">What the note is about.</param>
/// <param name="Value">The note.</param>
public readonly record struct BuildNote(string Key, string Value);

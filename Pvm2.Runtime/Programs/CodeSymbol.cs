namespace Pvm2.Runtime.Programs;

/// <summary>A name for a place in the code, for people and tools only.</summary>
/// <param name="Name">The function or label.</param>
/// <param name="Offset">Byte offset into the code.</param>
public readonly record struct CodeSymbol(string Name, uint Offset);

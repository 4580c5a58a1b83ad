namespace Pvm2.Native.Inspection;

/// <summary>A run of machine code with one name.</summary>
/// <param name="Position">Its first byte, from the start of the module's machine code.</param>
/// <param name="Length">Its bytes, at least one.</param>
/// <param name="Name">What a profile calls it; it has no control characters.</param>
internal readonly record struct CodeRange(int Position, int Length, string Name);

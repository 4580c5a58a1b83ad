namespace Pvm2.Linker.Input;

/// <summary>A pointer in data.</summary>
/// <param name="Section">Index of the data section that holds it.</param>
/// <param name="Offset">Bytes into the section.</param>
/// <param name="Width">Bytes of the pointer: 4 or 8.</param>
/// <param name="Target">What it points to.</param>
internal readonly record struct DataReference(int Section, uint Offset, byte Width, Location Target);

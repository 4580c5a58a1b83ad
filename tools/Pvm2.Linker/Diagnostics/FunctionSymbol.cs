namespace Pvm2.Linker.Diagnostics;

/// <summary>A function or a named label in code.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Section">Index of its code section.</param>
/// <param name="Offset">Bytes into the section.</param>
/// <param name="Size">Bytes; 0 where the ELF does not tell.</param>
/// <param name="Rank">How well it names the place: a global function best, a local label worst.</param>
internal readonly record struct FunctionSymbol(string Name, int Section, uint Offset, uint Size, int Rank);

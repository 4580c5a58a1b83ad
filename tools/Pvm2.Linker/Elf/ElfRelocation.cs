namespace Pvm2.Linker.Elf;

/// <summary>A place whose value follows from a symbol.</summary>
/// <param name="Offset">Bytes into the section that it applies to; inside of it.</param>
/// <param name="Type">How the value is computed and stored.</param>
/// <param name="Symbol">Index of the symbol; in the range of the symbol table.</param>
/// <param name="Addend">What is added to the symbol's value.</param>
internal readonly record struct ElfRelocation(ulong Offset, RelocationType Type, int Symbol, long Addend);

namespace Pvm2.Linker.Elf;

/// <summary>What a section holds (sh_type), as far as linking cares; from the ELF specification.</summary>
internal enum ElfSectionType : uint
{
    Null = 0,
    ProgramBits = 1,
    SymbolTable = 2,
    StringTable = 3,
    RelocationsWithAddends = 4,
    Dynamic = 6,
    Note = 7,
    NoBits = 8,
    Relocations = 9,
    DynamicSymbols = 11,
    InitArray = 14,
    FiniArray = 15,
    PreinitArray = 16,
}

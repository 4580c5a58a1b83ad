namespace Pvm2.Linker.Elf;

/// <summary>What a symbol names (the low half of st_info), from the ELF specification.</summary>
internal enum ElfSymbolType : byte
{
    None = 0,
    Object = 1,
    Function = 2,
    Section = 3,
    File = 4,
    Common = 5,
    ThreadLocal = 6,
    IndirectFunction = 10,
}

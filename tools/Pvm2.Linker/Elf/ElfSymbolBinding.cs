namespace Pvm2.Linker.Elf;

/// <summary>The reach of a symbol (the high half of st_info), from the ELF specification.</summary>
internal enum ElfSymbolBinding : byte
{
    Local = 0,
    Global = 1,
    Weak = 2,
}

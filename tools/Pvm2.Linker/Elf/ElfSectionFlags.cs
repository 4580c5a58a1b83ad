namespace Pvm2.Linker.Elf;

/// <summary>Attributes of a section (sh_flags), from the ELF specification.</summary>
[Flags]
internal enum ElfSectionFlags : ulong
{
    None = 0,
    Write = 1,
    Allocate = 2,
    Execute = 4,
    ThreadLocal = 0x400,
    Compressed = 0x800,
}

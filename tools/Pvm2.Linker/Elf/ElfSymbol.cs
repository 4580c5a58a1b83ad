namespace Pvm2.Linker.Elf;

/// <summary>A symbol of an ELF file.</summary>
/// <param name="NameOffset">Where its name starts in the string table.</param>
/// <param name="Type">What it names.</param>
/// <param name="Binding">Local, global or weak.</param>
/// <param name="Section">The number of its section, or one of the reserved numbers below.</param>
/// <param name="Value">Its address, or an absolute value.</param>
/// <param name="Size">Bytes of what it names; 0 where unknown.</param>
internal readonly record struct ElfSymbol(
    uint NameOffset,
    ElfSymbolType Type,
    ElfSymbolBinding Binding,
    ushort Section,
    ulong Value,
    ulong Size)
{
    /// <summary>Section number of what no section defines.</summary>
    public const ushort Undefined = 0;

    /// <summary>The lowest of the section numbers that have a special meaning.</summary>
    public const ushort FirstReserved = 0xFF00;

    /// <summary>Section number of a plain value that no layout moves.</summary>
    public const ushort Absolute = 0xFFF1;
}

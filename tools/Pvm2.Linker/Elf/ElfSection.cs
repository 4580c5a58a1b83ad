namespace Pvm2.Linker.Elf;

/// <summary>A section of an ELF file.</summary>
/// <param name="Index">Its number in the section header table.</param>
/// <param name="Name">Its name.</param>
/// <param name="Type">What it holds.</param>
/// <param name="Flags">Its attributes.</param>
/// <param name="Address">Where it lies in the address space of the ELF.</param>
/// <param name="Size">Bytes in memory.</param>
/// <param name="Link">Number of an associated section.</param>
/// <param name="Info">For relocations, the number of the section that they apply to.</param>
/// <param name="Alignment">A power of two, at least 1.</param>
/// <param name="Content">Its bytes in the file; empty for <see cref="ElfSectionType.NoBits"/>.</param>
internal sealed record ElfSection(
    int Index,
    string Name,
    ElfSectionType Type,
    ElfSectionFlags Flags,
    ulong Address,
    ulong Size,
    uint Link,
    uint Info,
    ulong Alignment,
    ReadOnlyMemory<byte> Content)
{
    /// <summary>Whether the section is part of the program's memory.</summary>
    public bool IsAllocated => (Flags & ElfSectionFlags.Allocate) != 0;

    /// <summary>Whether the section takes memory and no bytes of the file.</summary>
    public bool IsZeroFilled => Type == ElfSectionType.NoBits;
}

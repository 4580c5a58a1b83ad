using Pvm2.Linker.Elf;

namespace Pvm2.Linker.Input;

/// <summary>A section of data.</summary>
internal sealed class DataSection(ElfSection elf, ElfRelocation[] relocations)
{
    /// <summary>The section in the file.</summary>
    public ElfSection Elf { get; } = elf;

    /// <summary>Its relocations, by offset.</summary>
    public ElfRelocation[] Relocations { get; } = relocations;

    /// <summary>Whether the program may store to it.</summary>
    public bool IsWritable => (Elf.Flags & ElfSectionFlags.Write) != 0;
}

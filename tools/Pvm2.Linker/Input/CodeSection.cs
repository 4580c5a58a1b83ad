using Pvm2.Linker.Elf;

namespace Pvm2.Linker.Input;

/// <summary>A section of instructions.</summary>
internal sealed class CodeSection(ElfSection elf, ElfRelocation[] relocations)
{
    /// <summary>The section in the file.</summary>
    public ElfSection Elf { get; } = elf;

    /// <summary>Its relocations, by offset.</summary>
    public ElfRelocation[] Relocations { get; } = relocations;
}

namespace Pvm2.Linker.Input;

/// <summary>What becomes of an ELF section.</summary>
internal enum SectionRole : byte
{
    /// <summary>It is not part of the program's memory.</summary>
    None,

    /// <summary>It is part of the ELF's memory, but a PVM2 program has no use for it.</summary>
    Dropped,

    /// <summary>Instructions.</summary>
    Code,

    /// <summary>Read-only or writable data.</summary>
    Data,

    /// <summary>Pointers to the functions that become entry points.</summary>
    Exports,
}

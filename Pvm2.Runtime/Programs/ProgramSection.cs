namespace Pvm2.Runtime.Programs;

/// <summary>The part of a program that an error is about.</summary>
public enum ProgramSection : byte
{
    /// <summary>Magic, version, profile and sizes.</summary>
    Header,

    /// <summary>The instructions.</summary>
    Code,

    /// <summary>The tables of <c>br_table</c>.</summary>
    JumpTables,

    /// <summary>Read-only data.</summary>
    ReadOnlyData,

    /// <summary>Initialised and zero-filled data.</summary>
    ReadWriteData,

    /// <summary>The stack.</summary>
    Stack,

    /// <summary>The heap.</summary>
    Heap,

    /// <summary>Entry points by name.</summary>
    EntryPoints,

    /// <summary>Names of places in the code.</summary>
    Symbols,

    /// <summary>Notes of the producer.</summary>
    BuildNotes,
}

namespace Pvm2.Cli.Input;

/// <summary>What an input file turned out to be.</summary>
internal enum FileKind
{
    /// <summary>A <c>.pvm2</c> container.</summary>
    Container,

    /// <summary>An ELF file, to be linked.</summary>
    Elf,

    /// <summary>Assembly text, to be assembled.</summary>
    Assembly,

    /// <summary>A .NET assembly that holds a program and code that was compiled of it.</summary>
    SavedGuest,

    /// <summary>A run that was written down.</summary>
    Snapshot,
}

namespace Pvm2.Fuzz.Running;

/// <summary>What a run of the fuzzer is to do.</summary>
internal sealed record FuzzOptions
{
    /// <summary>What the cases are made of.</summary>
    public required ulong Seed { get; init; }

    /// <summary>The number of the first case; those before it are left out.</summary>
    public ulong First { get; init; }

    /// <summary>Ends the run; null for never.</summary>
    public TimeSpan? Time { get; init; }

    /// <summary>Ends the run when so many blocks have been generated; null for never.</summary>
    public long? Blocks { get; init; }

    /// <summary>How many workers there are.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>The folder with cases that are worth running again; null for none.</summary>
    public string? Corpus { get; init; }

    /// <summary>Where findings go.</summary>
    public required string Findings { get; init; }

    /// <summary>Where the summary goes as JSON; null for nowhere.</summary>
    public string? Json { get; init; }

    /// <summary>After so many findings the run ends.</summary>
    public int MaxFindings { get; init; } = 20;

    /// <summary>Whether every tier gets every case.</summary>
    public bool AllTiers { get; init; }
}

using Pvm2.Cli.Observing;
using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Isa;

namespace Pvm2.Cli.Running;

/// <summary>What the command line asks <c>run</c> to do.</summary>
internal sealed record RunRequest
{
    /// <summary>The program, as a container, an ELF or assembly text.</summary>
    public required string File { get; init; }

    /// <summary>A name of <see cref="TierCatalog"/>.</summary>
    public required string Tier { get; init; }

    /// <summary>Whether to name machine code for a profiler; the tier is the native one then.</summary>
    public required bool WritesPerfMap { get; init; }

    /// <summary>The budget; null for as much as there can be.</summary>
    public required ulong? Gas { get; init; }

    /// <summary>How blocks are priced.</summary>
    public required GasModel GasModel { get; init; }

    /// <summary>The entry point; null for the default one.</summary>
    public required string? Entry { get; init; }

    /// <summary>Values of a0 to a5.</summary>
    public required IReadOnlyList<ulong> Arguments { get; init; }

    /// <summary>Whether the guest reads this process's standard input.</summary>
    public required bool ReadsStandardInput { get; init; }

    /// <summary>The file that the guest reads; null for none.</summary>
    public required string? InputFile { get; init; }

    /// <summary>The most memory that a program may declare, in bytes.</summary>
    public required ulong MaxMemory { get; init; }

    /// <summary>The profile to link or assemble for; null where none was asked for.</summary>
    public required Profile? Profile { get; init; }

    /// <summary>Whether standard output carries one JSON document.</summary>
    public required bool Json { get; init; }

    /// <summary>Whether to print nothing but what the guest prints.</summary>
    public required bool Quiet { get; init; }

    /// <summary>Whether a run that halts returns the low byte of its result.</summary>
    public required bool ExitWithResult { get; init; }

    /// <summary>When and where to write the run down; null for never.</summary>
    public required SnapshotRequest? Snapshot { get; init; }

    /// <summary>The run to go on with; null to start one.</summary>
    public ResumeRequest? Resume { get; init; }

    /// <summary>How to watch the guest.</summary>
    public ObservationRequest Observation { get; init; } = ObservationRequest.None;
}

using Pvm2.Cli.Input;
using Pvm2.Cli.Observing;
using Pvm2.Cli.Output;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;

namespace Pvm2.Cli.Running;

/// <summary>All there is to say about a run that started.</summary>
internal sealed record RunOutcome
{
    /// <summary>The program that ran.</summary>
    public required SourceProgram Source { get; init; }

    /// <summary>Its loaded form.</summary>
    public required Module Module { get; init; }

    /// <summary>Name of the tier that it ended on.</summary>
    public required string Tier { get; init; }

    /// <summary>Name of the entry point; null where the run was started before.</summary>
    public required string? Entry { get; init; }

    /// <summary>Why and where it ended.</summary>
    public required Exit Exit { get; init; }

    /// <summary>Whether it was stopped at the mark that was asked for.</summary>
    public required bool IsPaused { get; init; }

    /// <summary>The snapshot that was written; null for none.</summary>
    public required WrittenSnapshot? Snapshot { get; init; }

    /// <summary>x0 to x15.</summary>
    public required IReadOnlyList<ulong> Registers { get; init; }

    /// <summary>How blocks were priced.</summary>
    public required GasModel GasModel { get; init; }

    /// <summary>The budget that was asked for; null for none.</summary>
    public required ulong? GasLimit { get; init; }

    /// <summary>Gas charged; null where nothing is metered.</summary>
    public required ulong? GasUsed { get; init; }

    /// <summary>Gas left; null where nothing is metered.</summary>
    public required ulong? GasLeft { get; init; }

    /// <summary>Instructions that completed; null where the run cannot tell.</summary>
    public required ulong? InstructionsRetired { get; init; }

    /// <summary>From the first instruction to the exit, loading not included.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>The word for how it ended, as in JSON.</summary>
    public string ExitWord => IsPaused ? ExitCode.Paused.Word() : Exit.Reason.Word();

    /// <summary>Times, code and host calls; null where they were not asked for.</summary>
    public required RunStatistics? Statistics { get; init; }

    /// <summary>The result of a run that halted, a0; null for all others.</summary>
    public ulong? Result => Exit.Reason == ExitReason.Halt ? Registers[10] : null;

    /// <summary>The address of the first byte that was not allowed; null for all but page faults.</summary>
    public uint? FaultAddress => Exit.Reason == ExitReason.PageFault ? Exit.FaultAddress : null;

    /// <summary>The instruction that called the host, where the run ended at such a call.</summary>
    public HostCallKind? HostCall => Exit.Kind == HostCallKind.None ? null : Exit.Kind;

    /// <summary>The number that <c>ecalli</c> called with, where the run ended at one.</summary>
    public int? Selector => Exit.Kind == HostCallKind.Selector ? Exit.Selector : null;

    /// <summary>The program's SHA-256 in hex.</summary>
    public string Sha256 => Module.Hash.ToString();

    /// <summary>The code that the process returns.</summary>
    public ExitCode Code => Exit.Reason switch
    {
        ExitReason.Halt => ExitCode.Success,
        ExitReason.HostCall => ExitCode.HostCall,
        ExitReason.OutOfGas => ExitCode.OutOfGas,
        ExitReason.PageFault => ExitCode.PageFault,
        ExitReason.Panic => ExitCode.Panic,
        ExitReason.Cancelled => IsPaused ? ExitCode.Paused : ExitCode.Cancelled,
        _ => ExitCode.InternalError,
    };
}

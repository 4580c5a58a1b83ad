namespace Pvm2.Cli.Observing;

/// <summary>How the command line asks to watch a guest.</summary>
internal sealed record ObservationRequest
{
    /// <summary>Watches nothing.</summary>
    public static ObservationRequest None { get; } = new();

    /// <summary>Whether to tell times, code and host calls.</summary>
    public bool Stats { get; init; }

    /// <summary>Where blocks are traced to, a file or <c>-</c>; null for no trace.</summary>
    public string? Trace { get; init; }

    /// <summary>The most blocks to trace.</summary>
    public ulong TraceBlocks { get; init; } = ulong.MaxValue;

    /// <summary>Gas to be used before the trace begins.</summary>
    public ulong TraceFrom { get; init; }

    /// <summary>Where the gas profile goes, a file or <c>-</c>; null for none.</summary>
    public string? Profile { get; init; }

    /// <summary>Whether the guest has to run block by block.</summary>
    public bool NeedsBlocks => Trace is not null || Profile is not null;
}

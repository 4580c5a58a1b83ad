using Pvm2.Runtime.Diagnostics;

namespace Pvm2.Cli.Observing;

/// <summary>What <c>run --stats</c> tells besides the report.</summary>
internal sealed record RunStatistics
{
    /// <summary>Reading the file, and linking or assembling it.</summary>
    public required TimeSpan Read { get; init; }

    /// <summary>Checking the program and finding its blocks.</summary>
    public required TimeSpan Load { get; init; }

    /// <summary>Pricing the blocks; null where the tier does that while it compiles, or where nothing is metered.</summary>
    public required TimeSpan? Price { get; init; }

    /// <summary>Making the program ready for the tier.</summary>
    public required TimeSpan Compile { get; init; }

    /// <summary>Making the instance.</summary>
    public required TimeSpan Instance { get; init; }

    /// <summary>From the first instruction to the exit.</summary>
    public required TimeSpan Run { get; init; }

    /// <summary>Blocks of the program.</summary>
    public required int Blocks { get; init; }

    /// <summary>Instructions of the program.</summary>
    public required long Instructions { get; init; }

    /// <summary>What was compiled by the end of the run.</summary>
    public required CodeStatistics Code { get; init; }

    /// <summary>How often the module went on in a better tier; null where the tier that was asked for is the only one.</summary>
    public required long? Promotions { get; init; }

    /// <summary>Gas used; null where nothing is metered.</summary>
    public required ulong? GasUsed { get; init; }

    /// <summary>Bytes of memory that the program declares.</summary>
    public required ulong Memory { get; init; }

    /// <summary>Pages of it that were written to; null where the system does not tell.</summary>
    public required long? TouchedPages { get; init; }

    /// <summary>Host calls that were answered.</summary>
    public required HostCallCounts HostCalls { get; init; }

    /// <summary>Gas used a second; null where nothing is metered or no time has passed.</summary>
    public double? GasPerSecond => GasUsed is { } used && Run > TimeSpan.Zero ? used / Run.TotalSeconds : null;
}

using Pvm2.Runtime.Isa;

namespace Pvm2.TestKit.Generation;

/// <summary>What a program of <see cref="FlowGuest"/> is like.</summary>
public sealed record FlowOptions
{
    /// <summary>The profile.</summary>
    public required Profile Profile { get; init; }

    /// <summary>How many basic blocks it has, roughly.</summary>
    public required int Blocks { get; init; }

    /// <summary>How many steps a block has at most.</summary>
    public int MaxSteps { get; init; } = 8;

    /// <summary>How many functions out of a thousand have a block of hundreds or thousands of instructions.</summary>
    public int LongBlocksPerThousand { get; init; }

    /// <summary>How many steps out of a thousand are accesses near the edge of a region or of the address space.</summary>
    public int EdgesPerThousand { get; init; }

    /// <summary>How many of these out of a thousand fault.</summary>
    public int FaultsPerThousandEdges { get; init; } = 25;

    /// <summary>How many steps out of a thousand are accesses to wherever a register happens to point.</summary>
    public int WildAccessesPerThousand { get; init; }

    /// <summary>How many blocks out of a thousand end in what ends the run: traps, illegal encodings, bad targets.</summary>
    public int EndsPerThousand { get; init; } = 2;

    /// <summary>How many blocks out of a thousand end in a host call.</summary>
    public int HostCallsPerThousand { get; init; } = 20;

    /// <summary>Whether nothing bounds the loops but the gas.</summary>
    public bool IsUnbounded { get; init; }

    /// <summary>Whether all functions return through one table, so that any may be called by handle (static).</summary>
    public bool SharesReturns { get; init; }

    /// <summary>Whether tables lead to any block, of other functions too.</summary>
    public bool HasWildTables { get; init; }

    /// <summary>The most pages of heap, which decides what an access costs.</summary>
    public int HeapPages { get; init; }

    /// <summary>How many steps out of a thousand are instructions that a compiler may make one of.</summary>
    public int PairsPerThousand { get; init; } = 200;
}

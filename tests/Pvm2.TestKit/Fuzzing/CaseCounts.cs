using Pvm2.Runtime.Execution;

namespace Pvm2.TestKit.Fuzzing;

/// <summary>What one case was, in numbers.</summary>
public sealed record CaseCounts
{
    /// <summary>Basic blocks of the program.</summary>
    public int Blocks { get; init; }

    /// <summary>Those that its first run entered.</summary>
    public int BlocksExecuted { get; init; }

    /// <summary>Blocks that its first run executed, each as often as it did.</summary>
    public long BlockExecutions { get; init; }

    /// <summary>Instructions that its first run was charged for.</summary>
    public long InstructionsExecuted { get; init; }

    /// <summary>How its first run ended.</summary>
    public ExitReason End { get; init; }

    /// <summary>Runs, each on several tiers side by side.</summary>
    public int Runs { get; init; }

    /// <summary>Stops at which these were compared.</summary>
    public int Stops { get; init; }

    /// <summary>How often a run went on in code of another tier.</summary>
    public long Switches { get; init; }

    /// <summary>The tiers that it ran on.</summary>
    public IReadOnlyList<string> Tiers { get; init; } = [];
}

using Pvm2.Compare.Results;

namespace Pvm2.Compare.Measuring;

/// <summary>What a comparison measures, and how often.</summary>
public sealed record Plan
{
    /// <summary>Its name in the results.</summary>
    public required string Mode { get; init; }

    /// <summary>Names of the workloads, in the order of the tables.</summary>
    public required IReadOnlyList<string> Workloads { get; init; }

    /// <summary>The kinds that are measured.</summary>
    public IReadOnlySet<Kind> Kinds { get; init; } = Enum.GetValues<Kind>().ToHashSet();

    /// <summary>How often every engine loads every workload anew: its code then lies elsewhere.</summary>
    public required int Passes { get; init; }

    /// <summary>Samples of each figure within a pass.</summary>
    public required int RoundsPerPass { get; init; }

    /// <summary>Samples of each figure of the kind process.</summary>
    public required int ProcessRounds { get; init; }

    /// <summary>How long a sample takes, where one repetition does not take longer.</summary>
    public required TimeSpan SampleTime { get; init; }

    /// <summary>Passes of warming up after which it is enough, settled or not.</summary>
    public required int MostWarmUpPasses { get; init; }

    /// <summary>Of the generator that shuffles.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>How long an engine may take for an answer.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Names of generated programs whose compilation is measured, from the smallest; may be empty.</summary>
    public IReadOnlyList<string> Sizes { get; init; } = [];

    /// <summary>Numbers of instances that live at once, from the smallest; may be empty.</summary>
    public IReadOnlyList<int> InstanceCounts { get; init; } = [];

    /// <summary>Samples of each figure about sizes and instances.</summary>
    public int ScaleRounds { get; init; }

    /// <summary>Runs of the guest that shows how tiers warm up; none where it is not measured.</summary>
    public int WarmUpRounds { get; init; }

    /// <summary>Samples of each figure.</summary>
    public int Rounds => Passes * RoundsPerPass;
}

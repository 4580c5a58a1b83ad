using Pvm2.Compare.Engines;
using Pvm2.Compare.Results;

namespace Pvm2.Compare.Measuring;

/// <summary>The plans that have a name.</summary>
public static class Plans
{
    /// <summary>Engines of the quick plan.</summary>
    public static IReadOnlyList<string> QuickEngines { get; } =
    [
        BuiltInEngines.Reference, "il/pipeline", "interpreter/pipeline", BuiltInEngines.Rival, "wasmtime/none", "qemu/riscv64", BuiltInEngines.BareMetal,
    ];

    /// <summary>Engines of the plan that looks for regressions.</summary>
    public static IReadOnlyList<string> CheckEngines { get; } =
        [BuiltInEngines.Reference, "il/pipeline", "interpreter/pipeline", BuiltInEngines.BareMetal];

    /// <summary>Everything, in half an hour.</summary>
    public static Plan Full(IReadOnlyList<string> workloads) => new()
    {
        Mode = "full",
        Workloads = workloads,
        Passes = 3,
        RoundsPerPass = 7,
        ProcessRounds = 9,
        SampleTime = TimeSpan.FromMilliseconds(2),
        MostWarmUpPasses = 12,
        Sizes = ["size-1k", "size-4k", "size-16k", "size-64k", "size-256k", "size-1m", "size-2m", "size-4m", "size-8m"],
        InstanceCounts = [1, 10, 100, 1000, 10_000],
        ScaleRounds = 3,
        WarmUpRounds = 11,
    };

    /// <summary>The main engines on every workload, in some minutes, with intervals that are wide.</summary>
    public static Plan Quick(IReadOnlyList<string> workloads) => new()
    {
        Mode = "quick",
        Workloads = workloads,
        Passes = 1,
        RoundsPerPass = 5,
        ProcessRounds = 3,
        SampleTime = TimeSpan.FromMilliseconds(1),
        MostWarmUpPasses = 6,
    };

    /// <summary>What a baseline is compared with: few engines and workloads, whose ratios hold on a noisy machine.</summary>
    public static Plan Check(IReadOnlyList<string> workloads) => new()
    {
        Mode = "check",
        Workloads = [.. workloads.Where(name => name is "keccak" or "goldilocks_mul" or "ed25519" or "fri_fold_tree")],
        Kinds = new HashSet<Kind> { Kind.Compile, Kind.Cold, Kind.Steady },
        Passes = 4,
        RoundsPerPass = 6,
        ProcessRounds = 0,
        SampleTime = TimeSpan.FromMilliseconds(2),
        MostWarmUpPasses = 12,
    };
}

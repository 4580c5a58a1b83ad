using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Governing;
using Xunit;

namespace Pvm2.Engine.Tests.Kit;

/// <summary>Governors for tests, and waiting for what they do in the background.</summary>
internal static class Governors
{
    /// <summary>Makes a governor whose runs compile by themselves what they find hot, so that everything is deterministic.</summary>
    internal static Governor Make(ulong hotGas, params ITier[] tiers) => new(OptionsFor(hotGas, tiers));

    /// <summary>Makes a governor that compiles modules for its best stage before they run.</summary>
    internal static Governor MakeEager(params ITier[] tiers)
    {
        var options = OptionsFor(GovernorStage.DefaultHotGas, tiers);
        var eager = options.Stages.Select(stage => stage with { MostEagerCode = int.MaxValue });
        return new Governor(options with { Stages = [.. eager] });
    }

    /// <summary>What the first of these makes its governor of.</summary>
    internal static GovernorOptions OptionsFor(ulong hotGas, params ITier[] tiers) => new()
    {
        Stages = [.. tiers.Select(tier => new GovernorStage(tier) { HotGas = hotGas })],
        MaxThreads = 0,
        TrimsUnderPressure = false,
    };

    /// <summary>Waits for something that comes to be on another thread.</summary>
    internal static void WaitFor(Func<bool> condition) =>
        Assert.True(SpinWait.SpinUntil(condition, TimeSpan.FromMinutes(1)), "It did not come to be.");

    /// <summary>Collects garbage until something comes to be.</summary>
    internal static void CollectUntil(Func<bool> condition) => WaitFor(() =>
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return condition();
    });
}

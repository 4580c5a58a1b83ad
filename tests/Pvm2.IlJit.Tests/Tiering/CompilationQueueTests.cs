using System.Runtime.CompilerServices;
using Pvm2.IlJit.Dynamic;
using Pvm2.IlJit.Tiering;
using Pvm2.Runtime.Execution;
using Xunit;

namespace Pvm2.IlJit.Tests.Tiering;

/// <summary>The thread in the background: what it does first, what it drops, and what becomes of failures.</summary>
public sealed class CompilationQueueTests
{
    private const ulong HotGas = 1000;

    [Fact]
    public void What_cannot_be_compiled_stays_interpreted_and_says_why()
    {
        var isBroken = true;
        var tier = new ObservedTier(HotGas, (input, region) => isBroken
            ? throw new InvalidOperationException("No compiler today.")
            : DynamicRegion.Compile(input, region));
        using var instance = LoopGuest.Start(LoopGuest.Make(), tier, LoopGuest.Endless);
        while (tier.Statistics.Failed == 0)
        {
            LoopGuest.RunForAMoment(instance, LoopGuest.Endless);
        }

        // It is not tried again, and nothing else suffers.
        LoopGuest.RunForAMoment(instance, LoopGuest.Endless);
        Assert.Equal((0, 0, 1), (tier.Statistics.Compiled, tier.Statistics.Pending, tier.Statistics.Failed));
        Assert.Equal("No compiler today.", tier.Statistics.LastFailure?.Message);

        isBroken = false;
        using var other = LoopGuest.Start(LoopGuest.Make(), tier, LoopGuest.Endless);
        while (tier.Statistics.Compiled == 0)
        {
            LoopGuest.RunForAMoment(other, LoopGuest.Endless);
        }
    }

    [Fact]
    public void The_hottest_comes_first()
    {
        using var release = new ManualResetEventSlim();
        var order = new List<Module>();
        var tier = new ObservedTier(HotGas, (input, region) =>
        {
            order.Add(input.Module);
            release.Wait();
            return DynamicRegion.Compile(input, region);
        });

        // Four modules that have been looked at and are not hot yet.
        var instances = Enumerable.Range(0, 4)
            .Select(_ => LoopGuest.Start(LoopGuest.Make(), tier, LoopGuest.Endless, gas: HotGas + 100)).ToArray();
        Assert.All(instances, instance => Assert.Equal(ExitReason.OutOfGas, instance.Run().Reason));
        tier.WaitUntilIdle();
        Assert.Empty(order);

        // The first one keeps the thread busy while the others get hot.
        ulong[] amounts = [10_000, 10_000, 30_000, 20_000];
        foreach (var (instance, gas) in instances.Zip(amounts))
        {
            instance.AddGas(gas);
            Assert.Equal(ExitReason.OutOfGas, instance.Run().Reason);
            ObservedTier.WaitFor(() => order.Count == 1);
        }

        Assert.Equal(4, tier.Statistics.Pending);
        release.Set();
        tier.WaitUntilIdle();
        Assert.Equal([instances[0].Module, instances[2].Module, instances[3].Module, instances[1].Module], order);
        Assert.All(instances, instance => instance.Dispose());
    }

    [Fact]
    public void A_module_that_waits_to_be_compiled_can_be_collected()
    {
        using var release = new ManualResetEventSlim();
        var tier = MakeBusy(release, out var busy);

        // A plan cannot be made either while the thread is busy, so this one waits for its plan.
        var waiting = MakeWaiting(tier);
        Assert.Equal(2, tier.Statistics.Pending);
        WaitUntilCollected(waiting);

        release.Set();
        tier.WaitUntilIdle();
        Assert.Equal((1, 0), (tier.Statistics.Compiled, tier.Statistics.Failed));
        GC.KeepAlive(busy);
    }

    [Fact]
    public void Compiled_code_is_freed_with_its_module()
    {
        var tier = new ObservedTier(HotGas);
        var waiting = MakeWaiting(tier);
        WaitUntilCollected(waiting);
    }

    [Fact]
    public void A_plan_that_failed_is_tried_again_when_the_module_is_twice_as_hot()
    {
        using var release = new ManualResetEventSlim();
        var tier = MakeBusy(release, out var busy);

        // The thread is busy, so this one waits for its plan; and then it is told that this has failed.
        using var instance = LoopGuest.Start(LoopGuest.Make(), tier, LoopGuest.Endless, gas: HotGas + 10);
        Assert.Equal(ExitReason.OutOfGas, instance.Run().Reason);
        Assert.Equal(2, tier.Statistics.Pending);
        tier.LastCode!.GiveUp(CompilationJob.Plan);
        instance.AddGas(HotGas / 2);
        Assert.Equal(ExitReason.OutOfGas, instance.Run().Reason);
        Assert.Equal(2, tier.Statistics.Pending);
        instance.AddGas(HotGas);
        Assert.Equal(ExitReason.OutOfGas, instance.Run().Reason);
        Assert.Equal(3, tier.Statistics.Pending);
        release.Set();
        tier.WaitUntilIdle();
        Assert.True(tier.LastCode!.HasPlan);
        GC.KeepAlive(busy);
    }

    [Fact]
    public void The_thread_ends_and_another_is_started_when_there_is_need()
    {
        var tier = new ObservedTier(HotGas);
        for (var i = 1; i < 4; i++)
        {
            var module = LoopGuest.Make();
            MakeHot(module, tier);
            ObservedTier.WaitFor(() => tier.Statistics.Compiled == i);
            ObservedTier.WaitFor(() => !tier.Queue.HasThread);
        }
    }

    /// <summary>A tier whose thread compiles until it is told to come to an end.</summary>
    /// <param name="release">Tells it.</param>
    /// <param name="busy">What it compiles, which must be kept alive.</param>
    private static ObservedTier MakeBusy(ManualResetEventSlim release, out Module busy)
    {
        var isStarted = false;
        var tier = new ObservedTier(HotGas, (input, region) =>
        {
            Volatile.Write(ref isStarted, true);
            release.Wait();
            return DynamicRegion.Compile(input, region);
        });
        busy = LoopGuest.Make();
        MakeHot(busy, tier);
        ObservedTier.WaitFor(() => Volatile.Read(ref isStarted));
        return tier;
    }

    private static void WaitUntilCollected(WeakReference reference) => ObservedTier.WaitFor(() =>
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return !reference.IsAlive;
    });

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference MakeWaiting(ObservedTier tier)
    {
        var module = LoopGuest.Make();
        RunOnce(module, tier);
        tier.Forget();
        return new WeakReference(module);
    }

    private static void MakeHot(Module module, ObservedTier tier)
    {
        RunOnce(module, tier);
        ObservedTier.WaitFor(() => tier.LastCode!.HasPlan);
        RunOnce(module, tier);
    }

    private static void RunOnce(Module module, ObservedTier tier)
    {
        using var instance = LoopGuest.Start(module, tier, LoopGuest.Endless, gas: HotGas * 10);
        Assert.Equal(ExitReason.OutOfGas, instance.Run().Reason);
    }
}

using System.Runtime.CompilerServices;
using Pvm2.Engine.Tests.Kit;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Governing;
using Xunit;

namespace Pvm2.Engine.Tests.Governing;

/// <summary>Code is dropped to save memory, and no run is the worse for it.</summary>
public sealed class TrimTests
{
    private const ulong Rounds = 1000;

    [Fact]
    public void Code_of_what_does_not_run_is_freed_and_made_again()
    {
        var tier = new StageTier("only");
        using var governor = Governors.MakeEager(tier);
        var module = LoopGuest.Make();
        using var instance = LoopGuest.Start(module, governor, Rounds);
        Assert.Equal(ExitReason.Halt, instance.Run().Reason);

        Assert.Equal(1, governor.Trim());
        Assert.Equal(0, governor.Trim());
        Governors.CollectUntil(() => !tier.LastCode.IsAlive);

        instance.Reset();
        instance.Start();
        instance.Registers[LoopGuest.A1] = Rounds;
        Assert.Equal(ExitReason.Halt, instance.Run().Reason);
        LoopGuest.AssertExact(instance, Rounds);
        Assert.Equal(2, tier.Prepared);
        Assert.Equal((1L, 0L), (governor.Statistics.Dropped, governor.Statistics.Revived));
    }

    [Fact]
    public async Task Code_that_runs_is_kept_by_its_run_and_taken_up_again()
    {
        using var entered = new ManualResetEventSlim();
        using var release = new ManualResetEventSlim();
        var tier = new StageTier("only")
        {
            BeforeRun = () =>
            {
                entered.Set();
                release.Wait();
            },
        };
        using var governor = Governors.MakeEager(tier);
        var module = LoopGuest.Make();
        var run = Task.Run(() => LoopGuest.RunToEnd(module, governor, Rounds));
        entered.Wait();
        Assert.Equal(1, governor.Trim());
        for (var i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        tier.BeforeRun = static () => { };
        LoopGuest.RunToEnd(module, governor, Rounds);
        release.Set();
        await run;
        Assert.Equal((1L, 1L), (governor.Statistics.Dropped, governor.Statistics.Revived));
        Assert.Equal(1, tier.Prepared);
    }

    [Fact]
    public void A_module_that_becomes_hot_may_be_dropped_at_any_time()
    {
        var (low, high) = (new StageTier("low"), new StageTier("high"));
        var governor = (Governor?)null;
        high.BeforePrepare = () => governor!.Trim();
        using (governor = Governors.Make(hotGas: 1000, low, high))
        {
            LoopGuest.RunToEnd(LoopGuest.Make(), governor, rounds: 10_000);

            // What was compiled is there, although it was dropped while it was compiled.
            Assert.Equal((1, 1), (low.Prepared, high.Prepared));
            Assert.InRange(low.GasUsed, 900, 1000);
        }
    }

    [Fact]
    public void Memory_pressure_drops_code_by_itself()
    {
        var isShort = false;
        var tier = new StageTier("only");
        using var governor = new Governor(Governors.OptionsFor(1, tier) with { TrimsUnderPressure = true }, () => isShort);
        var module = LoopGuest.Make();
        LoopGuest.RunToEnd(module, governor, Rounds);
        for (var i = 0; i < 5; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.Equal(0, governor.Statistics.Dropped);
        isShort = true;
        Governors.CollectUntil(() => governor.Statistics.Dropped != 0);
        Governors.CollectUntil(() => !tier.LastCode.IsAlive);
        isShort = false;
        LoopGuest.RunToEnd(module, governor, Rounds);
        Assert.InRange(tier.Prepared, 2, int.MaxValue);
    }

    [Fact]
    public void A_governor_that_nobody_has_is_collected()
    {
        var governor = MakeAndForget();
        Governors.CollectUntil(() => !governor.IsAlive);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference MakeAndForget()
    {
        var governor = new Governor(Governors.OptionsFor(1, new StageTier("only")) with { TrimsUnderPressure = true, MaxThreads = 1 });
        LoopGuest.RunToEnd(LoopGuest.Make(), governor, Rounds);
        return new WeakReference(governor);
    }
}

using Pvm2.Engine.Tests.Kit;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Governing;
using Pvm2.Runtime.Interpreter;
using Xunit;

namespace Pvm2.Engine.Tests.Governing;

/// <summary>What cannot be had is reported and done without, and tried again where that may help.</summary>
public sealed class FailureTests
{
    private const ulong HotGas = GovernorStage.DefaultHotGas;
    private const ulong Rounds = HotGas;

    [Fact]
    public void Without_room_for_the_best_code_a_module_runs_in_a_lower_stage_and_tries_again()
    {
        var attempts = 0;
        var high = new StageTier("high")
        {
            BeforePrepare = () =>
            {
                if (++attempts <= 3)
                {
                    throw new InsufficientMemoryException("The code arena is full.");
                }
            },
        };
        using var governor = Governors.MakeEager(InterpreterTier.Instance, high);
        var module = LoopGuest.Make();
        using var instance = LoopGuest.Start(module, governor, LoopGuest.Endless, gas: HotGas - 1000);
        Assert.Equal("interpreter", instance.CurrentTier.Name);

        // Before it runs, and when it is hot, twice as hot and four times as hot.
        AssertAttempts(1);
        instance.AddGas(2000);
        AssertAttempts(2);
        instance.AddGas(HotGas);
        AssertAttempts(3);
        instance.AddGas((2 * HotGas) - 3000);
        AssertAttempts(3);
        instance.AddGas(4000);
        AssertAttempts(4);
        Assert.Equal("high", instance.CurrentTier.Name);
        var stage = governor.Statistics.Stages[1];
        Assert.Equal((1, 1, 3), (stage.Compiled, stage.Promoted, stage.Failed));
        Assert.Equal("The code arena is full.", governor.Statistics.LastFailure?.Message);

        void AssertAttempts(int expected)
        {
            Assert.Equal(ExitReason.OutOfGas, instance.Run().Reason);
            LoopGuest.AssertExact(instance, LoopGuest.Endless);
            Assert.Equal(expected, attempts);
        }
    }

    [Fact]
    public void Code_that_does_not_run_makes_room()
    {
        // There is room for one module at a time.
        StageTier? high = null;
        high = new StageTier("high")
        {
            BeforePrepare = () =>
            {
                if (high!.LastCode.IsAlive && !IsCollected(high.LastCode))
                {
                    throw new InsufficientMemoryException("The code arena is full.");
                }
            },
        };
        using var governor = Governors.MakeEager(InterpreterTier.Instance, high);
        Module[] modules = [.. Enumerable.Range(0, 5).Select(number => LoopGuest.Make(body: $" addi a2, a2, {number}\n"))];
        foreach (var module in modules.Concat(modules))
        {
            LoopGuest.RunToEnd(module, governor, rounds: 10);
        }

        Assert.Equal(10, high.Prepared);
        Assert.Equal((10L, 0L), (governor.Statistics.Stages[1].Compiled, governor.Statistics.Stages[0].Compiled));
        Assert.Equal(0, governor.Statistics.Stages[1].Failed);

        static bool IsCollected(WeakReference code)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            return !code.IsAlive;
        }
    }

    [Fact]
    public void A_stage_that_cannot_compile_a_module_is_left_out()
    {
        var broken = new StageTier("broken") { BeforePrepare = static () => throw new NotSupportedException("Not this one.") };
        var high = new StageTier("high");
        using var governor = Governors.Make(HotGas, InterpreterTier.Instance, broken, high);
        var module = LoopGuest.Make();
        LoopGuest.RunToEnd(module, governor, Rounds);
        LoopGuest.RunToEnd(module, governor, Rounds);

        Assert.Equal([1, 0, 1], governor.Statistics.Stages.Select(stage => stage.Compiled));
        Assert.Equal([0, 1, 0], governor.Statistics.Stages.Select(stage => stage.Failed));
        Assert.Equal("Not this one.", governor.Statistics.LastFailure?.Message);
    }

    [Fact]
    public void If_no_other_stage_is_left_a_module_stays_where_it_is()
    {
        var broken = new StageTier("broken") { BeforePrepare = static () => throw new NotSupportedException("Not this one.") };
        using var governor = new Governor(Governors.OptionsFor(HotGas, InterpreterTier.Instance, broken) with { MaxThreads = 1 });
        var module = LoopGuest.Make();
        LoopGuest.RunToEnd(module, governor, Rounds);
        Governors.WaitFor(() => governor.Statistics.Stages[1].Failed == 1);
        LoopGuest.RunToEnd(module, governor, 10 * Rounds);
        Assert.Equal((1L, 0), (governor.Statistics.Stages[1].Failed, governor.Statistics.Pending));
    }

    [Fact]
    public void Without_memory_for_the_lowest_stage_there_is_no_instance_yet()
    {
        var isFull = true;
        var low = new StageTier("low") { BeforePrepare = () => Throw(isFull) };
        using var governor = Governors.Make(HotGas, low, new StageTier("high"));
        var module = LoopGuest.Make();
        Assert.Throws<InsufficientMemoryException>(() => module.CreateInstance(new InstanceOptions { Tier = governor }));
        isFull = false;
        LoopGuest.RunToEnd(module, governor, Rounds);

        static void Throw(bool isFull)
        {
            if (isFull)
            {
                throw new InsufficientMemoryException("Full.");
            }
        }
    }

    [Theory]
    [InlineData(GasModel.Pipeline)]
    [InlineData(GasModel.None)]
    public void An_instance_without_a_window_runs_beside_one_that_has_one(GasModel model)
    {
        var (low, middle, high) = (new StageTier("low"), new StageTier("middle"), new StageTier("high") { NeedsWindow = true });
        using var governor = Governors.Make(HotGas, low, middle, high);
        var module = LoopGuest.Make();
        using var windowed = LoopGuest.Start(module, governor, 3 * Rounds, model);
        high.RefusesMemory = true;
        using var packed = LoopGuest.Start(module, governor, 3 * Rounds, model);

        Assert.Equal(ExitReason.Halt, windowed.Run().Reason);
        Assert.Equal(ExitReason.Halt, packed.Run().Reason);

        LoopGuest.AssertExact(windowed, 3 * Rounds);
        LoopGuest.AssertExact(packed, 3 * Rounds);
        Assert.Equal(("high", "middle"), (windowed.CurrentTier.Name, packed.CurrentTier.Name));
        Assert.Equal(1, governor.Statistics.MemoryFallbacks);
    }

    [Fact]
    public void A_governor_of_one_tier_does_without_nothing()
    {
        var only = new StageTier("only") { NeedsWindow = true, RefusesMemory = true };
        using var governor = Governors.MakeEager(only);
        Assert.Throws<InsufficientMemoryException>(() => LoopGuest.Make().CreateInstance(new InstanceOptions { Tier = governor }));
        only.RefusesMemory = false;
        LoopGuest.RunToEnd(LoopGuest.Make(), governor, Rounds);
    }

    [Fact]
    public void Stages_that_cannot_work_together_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Governors.Make(HotGas));
        Assert.Throws<ArgumentException>(
            () => Governors.Make(HotGas, new StageTier("low") { NeedsWindow = true }, InterpreterTier.Instance));
        using var windowed = Governors.Make(HotGas, new StageTier("only") { NeedsWindow = true });
        Assert.Throws<ArgumentException>(() => Governors.Make(HotGas, windowed, InterpreterTier.Instance));
        var options = Governors.OptionsFor(HotGas, InterpreterTier.Instance);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Governor(options with { MaxThreads = -1 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Governor(options with { IdleTime = Timeout.InfiniteTimeSpan }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Governor(options with { IdleTime = TimeSpan.MaxValue }));
    }
}

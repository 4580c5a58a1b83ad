using Pvm2.Engine.Tests.Kit;
using Pvm2.IlJit;
using Pvm2.IlJit.Tiering;
using Pvm2.Native;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Governing;
using Pvm2.Runtime.Interpreter;
using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Programs;
using Xunit;

namespace Pvm2.Engine.Tests.Governing;

/// <summary>What is hot goes on in better code while it runs, and that changes nothing but the time that it takes.</summary>
public sealed class PromotionTests
{
    private const ulong Rounds = 300_000;
    private const ulong HotGas = 100_000;

    public static TheoryData<Profile, GasModel> Combinations
    {
        get
        {
            var combinations = new TheoryData<Profile, GasModel>();
            foreach (var profile in Enum.GetValues<Profile>())
            {
                foreach (var model in Enum.GetValues<GasModel>())
                {
                    combinations.Add(profile, model);
                }
            }

            return combinations;
        }
    }

    [Theory]
    [MemberData(nameof(Combinations))]
    public void A_loop_goes_on_in_the_next_stage_in_the_midst_of_a_run(Profile profile, GasModel model)
    {
        var (low, high) = (new StageTier("low"), new StageTier("high"));
        using var governor = Governors.Make(HotGas, low, high);
        var module = LoopGuest.Make(profile);

        LoopGuest.RunToEnd(module, governor, Rounds, model);

        // It was one run. It left the first stage at the first block at which the gas was used up.
        var dearest = module.Price(model == GasModel.None ? GasModel.Flat : model)[1];
        Assert.InRange(low.GasUsed, (long)(HotGas - dearest - 100), (long)(HotGas + dearest));
        Assert.Equal(model != GasModel.None, high.GasUsed > low.GasUsed);
        Assert.Equal((1, 1), (low.Prepared, high.Prepared));
        Assert.Equal((1, 1), (governor.Statistics.Stages[1].Compiled, governor.Statistics.Stages[1].Promoted));

        // The next run is in the best stage from its first block on.
        var gas = low.GasUsed;
        LoopGuest.RunToEnd(module, governor, Rounds, model);
        Assert.Equal(gas, low.GasUsed);
        Assert.Equal((1, 1), (low.Prepared, high.Prepared));
    }

    [Theory]
    [MemberData(nameof(Combinations))]
    public void From_the_interpreter_by_way_of_IL_to_machine_code(Profile profile, GasModel model)
    {
        var il = new StageTier("il", new IlTier(new IlTierOptions { Mode = CompilationMode.Eager }));
        var best = NativeTier.Support.IsSupported
            ? new StageTier("native", new NativeTier()) { NeedsWindow = true }
            : new StageTier("best");
        using var governor = Governors.Make(HotGas, InterpreterTier.Instance, il, best);
        var module = LoopGuest.Make(profile);
        using var instance = LoopGuest.Start(module, governor, Rounds, model);
        Assert.Equal("interpreter", instance.CurrentTier.Name);

        Assert.Equal(ExitReason.Halt, instance.Run().Reason);

        LoopGuest.AssertExact(instance, Rounds);
        Assert.Equal(best.Name, instance.CurrentTier.Name);
        Assert.Equal([1, 1, 1], governor.Statistics.Stages.Select(stage => stage.Compiled));
        Assert.Equal([0, 1, 1], governor.Statistics.Stages.Select(stage => stage.Promoted));
        Assert.InRange(il.GasUsed, (long)HotGas / 2, (long)HotGas + 100);
    }

    [Theory]
    [MemberData(nameof(Combinations))]
    public async Task IL_that_is_compiled_in_the_background_may_be_a_stage(Profile profile, GasModel model)
    {
        // Runs go on in each of the three while they are ahead; which one it is at the end is a matter of time.
        var high = new StageTier("high");
        using var governor = new Governor(Governors.OptionsFor(
            20 * HotGas, InterpreterTier.Instance, new IlTier(new IlTierOptions { HotGas = 1000 }), high) with { MaxThreads = 1 });
        var module = LoopGuest.Make(profile);
        var runs = Enumerable.Range(0, 3).Select(_ => Task.Run(async () =>
        {
            using var instance = LoopGuest.Start(module, governor, LoopGuest.Endless, model);
            await CancelWhen(instance, () => high.Running != 0);
        }));
        await Task.WhenAll(runs);
        Assert.Equal([1, 1, 1], governor.Statistics.Stages.Select(stage => stage.Compiled));
    }

    [Theory]
    [MemberData(nameof(Combinations))]
    public async Task A_run_can_be_cancelled_before_while_and_after_it_is_promoted(Profile profile, GasModel model)
    {
        using var release = new ManualResetEventSlim();
        var high = new StageTier("high") { BeforePrepare = release.Wait };
        using var governor = new Governor(Governors.OptionsFor(HotGas, InterpreterTier.Instance, high) with { MaxThreads = 1 });
        using var instance = LoopGuest.Start(LoopGuest.Make(profile), governor, LoopGuest.Endless, model);

        // While it waits to be compiled.
        await CancelWhen(instance, () => governor.Statistics.Pending == 1);
        Assert.Equal(0, high.Prepared);
        await CancelWhen(instance, () => true);

        // One run goes on while it is compiled, and is in the best stage before it is cancelled.
        await CancelWhen(instance, () =>
        {
            release.Set();
            return high.Running == 1;
        });
        Assert.Equal("high", instance.CurrentTier.Name);
        await CancelWhen(instance, () => high.Running == 1);
        Assert.Equal(1, high.Prepared);
    }

    [Theory]
    [InlineData(GasModel.Flat)]
    [InlineData(GasModel.None)]
    public void What_is_called_often_becomes_hot_by_that(GasModel model)
    {
        // Each call is two instructions, so by gas alone it would take many more.
        const int Selector = 1;
        var module = Module.Create(LoopGuest.AssembleText($"main: ecalli {Selector}\n j main\n"));
        var high = new StageTier("high");
        using var governor = Governors.Make(1600, InterpreterTier.Instance, high);
        var calls = 0;
        var table = new HostCallTable().Register(Selector, caller =>
        {
            calls++;
            return caller.CurrentTier.Name == "high" || calls == 1000 ? HostCallAction.Halt : HostCallAction.Continue;
        });
        using var instance = module.CreateInstance(new InstanceOptions { Tier = governor, GasModel = model, HostCalls = table });

        Assert.Equal(ExitReason.Halt, instance.Call().Reason);
        Assert.InRange(calls, 50, 101);
        Assert.Equal(1, high.Prepared);
    }

    [Theory]
    [InlineData(GasModel.Flat)]
    [InlineData(GasModel.None)]
    public void A_block_may_be_dearer_than_a_slice(GasModel model)
    {
        // c.addi a0, a0, 1 again and again, and a call that halts.
        const int Instructions = 40_000;
        const int Calls = 5;
        var end = LoopGuest.AssembleText("main: ecalli 0\n trap\n");
        var code = new byte[(2 * Instructions) + end.Code.Length];
        code.AsSpan(0, 2 * Instructions).Fill(0x05);
        end.Code.CopyTo(code.AsMemory(2 * Instructions));
        var module = Module.Create(new GuestProgram { Profile = Profile.Static, Code = code, EntryPoints = end.EntryPoints });
        var high = new StageTier("high");
        using var governor = Governors.Make(3 * Instructions, InterpreterTier.Instance, high);
        using var instance = LoopGuest.Start(module, governor, 0, model);
        for (var call = 1; call <= Calls; call++)
        {
            instance.Start();
            Assert.Equal(ExitReason.Halt, instance.Run().Reason);
            Assert.Equal((ulong)Instructions, instance.Registers[LoopGuest.A0]);
            Assert.Equal(model == GasModel.None ? null : (ulong)call * (Instructions + 1), instance.GasUsed);
            Assert.Equal(call < 3 ? 0 : 1, high.Prepared);
        }
    }

    [Fact]
    public void The_gas_ends_where_it_ends_in_one_tier()
    {
        var module = LoopGuest.Make();
        using var reference = LoopGuest.Start(module, InterpreterTier.Instance, LoopGuest.Endless, GasModel.Pipeline, gas: 0);
        for (var hotGas = 1UL; hotGas < 400; hotGas += 7)
        {
            using var governor = Governors.Make(hotGas, InterpreterTier.Instance, new StageTier("high"));
            using var instance = LoopGuest.Start(LoopGuest.Make(), governor, LoopGuest.Endless, GasModel.Pipeline, gas: 0);
            reference.Reset();
            reference.Start();
            reference.Registers[LoopGuest.A1] = LoopGuest.Endless;
            for (var step = 0; step < 40; step++)
            {
                Assert.Equal(reference.Run(), instance.Run());
                Assert.Equal((reference.GasLeft, reference.GasUsed), (instance.GasLeft, instance.GasUsed));
                Assert.Equal(reference.Registers[LoopGuest.A0], instance.Registers[LoopGuest.A0]);
                reference.AddGas((ulong)step);
                instance.AddGas((ulong)step);
            }

            Assert.Equal("high", instance.CurrentTier.Name);
        }
    }

    [Fact]
    public void What_is_cold_stays_where_it_is()
    {
        var high = new StageTier("high");
        using var governor = new Governor(Governors.OptionsFor(HotGas, InterpreterTier.Instance, high) with { MaxThreads = 1 });
        LoopGuest.RunToEnd(LoopGuest.Make(), governor, 1000);
        Assert.Equal((0, 0), (governor.Statistics.Pending, high.Prepared));
    }

    [Fact]
    public void A_governor_that_was_disposed_of_runs_and_promotes_nothing()
    {
        var high = new StageTier("high");
        var governor = Governors.Make(HotGas, InterpreterTier.Instance, high);
        governor.Dispose();
        LoopGuest.RunToEnd(LoopGuest.Make(), governor, Rounds);
        Assert.Equal(0, high.Prepared);
    }

    private static async Task CancelWhen(Instance instance, Func<bool> condition)
    {
        using var source = new CancellationTokenSource();
        var run = Task.Factory.StartNew(
            () => instance.Run(source.Token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        Governors.WaitFor(condition);
        await source.CancelAsync();
        Assert.Equal(ExitReason.Cancelled, (await run).Reason);
        LoopGuest.AssertExact(instance, LoopGuest.Endless);
    }
}

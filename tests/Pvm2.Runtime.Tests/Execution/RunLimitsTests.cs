using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Isa;
using Pvm2.TestKit.Generation;
using Pvm2.TestKit.States;
using Pvm2.TestKit.Tiers;
using Xunit;
using static Pvm2.Runtime.Tests.Execution.Guest;

namespace Pvm2.Runtime.Tests.Execution;

public sealed class RunLimitsTests
{
    public static TheoryData<string> Tiers => [.. TierRegistry.Names];

    [Theory]
    [MemberData(nameof(Tiers))]
    public void A_run_pauses_at_the_first_block_beyond_its_gas(string tier)
    {
        // One block, over and over; it costs the same each time.
        using var instance = Counter(tier, GasModel.Flat, gas: 1000);
        var price = instance.Module.Price(GasModel.Flat)[0];
        for (var limit = 0UL; limit < 3 * price; limit++)
        {
            var (before, rounds) = (instance.GasUsed, instance.Registers[A0]);
            var exit = instance.Run(new RunLimits { Gas = limit });
            Assert.Equal(new Exit(ExitReason.Cancelled, instance.Module.Program.CodeBase), exit);
            Assert.Equal(before + (limit / price * price), instance.GasUsed);
            Assert.Equal(rounds + (limit / price), instance.Registers[A0]);
        }

        Assert.Equal(ExitReason.OutOfGas, instance.Run(new RunLimits { Gas = 1000 }).Reason);
        Assert.Equal(1000 % price, instance.GasLeft);
    }

    [Theory]
    [MemberData(nameof(Tiers))]
    public void A_run_cut_at_any_marks_ends_as_the_whole_one(string tier)
    {
        var random = new Prng(11);
        for (var seed = 0UL; seed < 6; seed++)
        {
            var guest = RandomGuest.Generate(seed, Profile.Static);
            var module = Module.Create(guest.Program);
            using var whole = Start(guest, module, tier);
            using var cut = Start(guest, module, tier);
            var expected = RunOut(whole, static () => default);
            var actual = RunOut(cut, () => new RunLimits { Gas = (ulong)random.Between(0, 300) });
            Assert.Equal(expected, actual);
            Assert.Empty(MachineState.Of(whole).Differences(MachineState.Of(cut)));
        }
    }

    [Theory]
    [MemberData(nameof(Tiers))]
    public void Gas_that_the_host_takes_counts(string tier)
    {
        // A handler that takes 50 after a call that costs little: beyond the mark, so the guest does not go on.
        var guest = new Guest().Emit(Opcode.Ecalli, immediate: 5).Emit(Opcode.Addi, A0, A0, 0, 1).Emit(Opcode.Jal, immediate: -8);
        var calls = new HostCallTable().Register(5, caller =>
            caller.TryTakeGas(50) ? HostCallAction.Continue : HostCallAction.Pause);
        var options = new InstanceOptions
        {
            Tier = TierRegistry.Create(tier), GasModel = GasModel.Flat, Gas = 10_000, HostCalls = calls,
        };
        using var instance = Module.Create(guest.Build()).CreateInstance(options);
        instance.Start();
        var call = instance.Module.Price(GasModel.Flat)[0];
        var exit = instance.Run(new RunLimits { Gas = call + 20 });
        Assert.Equal(new Exit(ExitReason.Cancelled, guest.CodeBase + 4), exit);
        Assert.Equal(call + 50, instance.GasUsed);
        Assert.Equal(10_000 - call - 50, instance.GasLeft);
        Assert.Equal(0UL, instance.Registers[A0]);

        Assert.Equal(ExitReason.OutOfGas, RunUntilOutOfGas(instance).Reason);
    }

    [Theory]
    [InlineData(GasModel.Pipeline)]
    [InlineData(GasModel.Flat)]
    [InlineData(GasModel.None)]
    public void A_run_pauses_when_its_time_is_over(GasModel model)
    {
        foreach (var tier in TierRegistry.Names)
        {
            using var instance = Counter(tier, model, ulong.MaxValue);
            var exit = instance.Run(new RunLimits { Time = TimeSpan.Zero });
            Assert.Equal(ExitReason.Cancelled, exit.Reason);
            Assert.Equal(0UL, instance.Registers[A0]);

            // It is endless, so that it ends shows that something stopped it.
            exit = instance.Run(new RunLimits { Time = TimeSpan.FromMilliseconds(3) });
            Assert.Equal(new Exit(ExitReason.Cancelled, instance.Module.Program.CodeBase), exit);
        }
    }

    [Theory]
    [InlineData(GasModel.Pipeline)]
    [InlineData(GasModel.None)]
    public void What_stopped_one_run_does_not_stop_the_next(GasModel model)
    {
        using var instance = new Guest().Li(A0, 1).Halt().Start(model);
        Assert.Equal(ExitReason.Cancelled, instance.Run(new RunLimits { Time = TimeSpan.Zero }).Reason);
        Assert.Equal(ExitReason.Halt, instance.Run(new RunLimits { Time = TimeSpan.MaxValue }).Reason);
    }

    [Fact]
    public void A_deadline_holds_where_a_guest_only_calls_the_host()
    {
        var calls = new HostCallTable().Register(5, static _ =>
        {
            Thread.Sleep(1);
            return HostCallAction.Continue;
        });
        var guest = new Guest().Emit(Opcode.Ecalli, immediate: 5).Emit(Opcode.Jal, immediate: -4);
        using var instance = Module.Create(guest.Build()).CreateInstance(new InstanceOptions { HostCalls = calls });
        instance.Start();
        Assert.Equal(ExitReason.Cancelled, instance.Run(new RunLimits { Time = TimeSpan.FromMilliseconds(5) }).Reason);

        // The first slice of gas is good for far more calls than these.
        Assert.InRange(instance.GasUsed!.Value, 0UL, 1024UL);
    }

    [Fact]
    public void Impossible_limits_are_the_callers_mistake()
    {
        using var unmetered = new Guest().Halt().Start(GasModel.None);
        Assert.Throws<ArgumentException>(() => unmetered.Run(new RunLimits { Gas = 1 }));
        Assert.Throws<ArgumentException>(() => unmetered.Run(new RunLimits { Time = TimeSpan.FromTicks(-1) }));
        Assert.Equal(ExitReason.Halt, unmetered.Run().Reason);
    }

    /// <summary>An endless loop of one block that counts in a0.</summary>
    private static Instance Counter(string tier, GasModel model, ulong gas)
    {
        var guest = new Guest().Emit(Opcode.Addi, A0, A0, 0, 1).Emit(Opcode.Jal, immediate: -4);
        var options = new InstanceOptions { Tier = TierRegistry.Create(tier), GasModel = model, Gas = gas };
        var instance = Module.Create(guest.Build()).CreateInstance(options);
        instance.Start();
        return instance;
    }

    private static Instance Start(RandomGuest guest, Module module, string tier)
    {
        var instance = module.CreateInstance(new InstanceOptions { Tier = TierRegistry.Create(tier), Gas = 1_000_000 });
        guest.Start(instance);
        return instance;
    }

    private static List<Exit> RunOut(Instance instance, Func<RunLimits> limits)
    {
        var exits = new List<Exit>();
        while (exits.Count < 1000)
        {
            var exit = instance.Run(limits());
            if (exit.Reason != ExitReason.Cancelled)
            {
                exits.Add(exit);
            }

            if (!exit.IsResumable || exit.Reason == ExitReason.OutOfGas)
            {
                break;
            }
        }

        return exits;
    }

    private static Exit RunUntilOutOfGas(Instance instance)
    {
        var exit = instance.Run();
        while (exit.Reason == ExitReason.HostCall)
        {
            exit = instance.Run();
        }

        return exit;
    }
}

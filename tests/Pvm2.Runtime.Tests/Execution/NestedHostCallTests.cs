using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Isa;
using Pvm2.TestKit.Tiers;
using Xunit;
using static Pvm2.Runtime.Tests.Execution.Guest;

namespace Pvm2.Runtime.Tests.Execution;

/// <summary>What handlers do to the run that waits for them, on every tier.</summary>
public sealed class NestedHostCallTests
{
    private const int Address = 0x1_0000;

    public static TheoryData<string> Tiers => [.. TierRegistry.Names];

    [Theory]
    [MemberData(nameof(Tiers))]
    public void A_handler_may_run_other_instances_and_its_caller_keeps_its_own_memory(string tier)
    {
        // Each stores a0 in its memory, calls, and halts with what it then finds there.
        var guest = new Guest().ReadWrite(Address, 0x1000).Emit(Opcode.Lui, A1, 0, 0, Address).Emit(Opcode.Sd, 0, A1, A0);
        guest.Emit(Opcode.Ecalli, immediate: 1).Emit(Opcode.Ld, A0, A1).Halt();
        var module = Module.Create(guest.Build());
        var created = TierRegistry.Create(tier);
        var answers = new List<ulong>();
        Call(50);
        Assert.Equal(Enumerable.Range(0, 51).Select(number => (ulong)number), answers);

        void Call(ulong number)
        {
            var calls = new HostCallTable().Register(0, static _ => HostCallAction.Halt).Register(1, _ =>
            {
                if (number != 0)
                {
                    Call(number - 1);
                }

                return HostCallAction.Continue;
            });
            using var instance = module.CreateInstance(new InstanceOptions { Tier = created, HostCalls = calls });
            Assert.Equal(ExitReason.Halt, instance.Call(null, number).Reason);
            answers.Add(instance.Registers[A0]);
        }
    }

    [Theory]
    [MemberData(nameof(Tiers))]
    public void What_a_nested_handler_throws_leaves_both_runs_paused(string tier)
    {
        var guest = new Guest().ReadWrite(Address, 0x1000).Emit(Opcode.Lui, A1, 0, 0, Address).Emit(Opcode.Ecalli, immediate: 1);
        guest.Emit(Opcode.Sd, 0, A1, A0).Emit(Opcode.Ld, A2, A1).Halt();
        var module = Module.Create(guest.Build());
        var created = TierRegistry.Create(tier);
        using var inner = module.CreateInstance(new InstanceOptions
        {
            Tier = created,
            HostCalls = new HostCallTable().Register(0, static _ => HostCallAction.Halt).Register(1, _ => throw new IOException("full")),
        });
        using var outer = module.CreateInstance(new InstanceOptions
        {
            Tier = created,
            HostCalls = new HostCallTable().Register(0, static _ => HostCallAction.Halt).Register(1, _ =>
            {
                inner.Call(null, 7);
                return HostCallAction.Continue;
            }),
        });

        Assert.Throws<IOException>(() => outer.Call(null, 8));
        Assert.Equal(ExitReason.Halt, outer.Run().Reason);
        Assert.Equal(ExitReason.Halt, inner.Run().Reason);
        Assert.Equal((8UL, 7UL), (outer.Registers[A2], inner.Registers[A2]));
    }

    [Theory]
    [MemberData(nameof(Tiers))]
    public void Gas_that_a_handler_adds_and_takes_counts_at_once(string tier)
    {
        foreach (var isCancellable in new[] { false, true })
        {
            AssertGasIsExact(TierRegistry.Create(tier), isCancellable);
        }
    }

    [Theory]
    [MemberData(nameof(Tiers))]
    public void A_handler_may_take_all_that_is_left(string tier)
    {
        var guest = new Guest().Emit(Opcode.Ecalli, immediate: 1).Emit(Opcode.Addi, A0, A0, 0, 1).Halt();
        var calls = new HostCallTable().Register(0, static _ => HostCallAction.Halt).Register(1, static caller =>
        {
            Assert.False(caller.TryTakeGas(caller.GasLeft!.Value + 1));
            return caller.TryTakeGas(caller.GasLeft.Value) ? HostCallAction.Continue : HostCallAction.Pause;
        });
        using var instance = Module.Create(guest.Build()).CreateInstance(new InstanceOptions
        {
            Tier = TierRegistry.Create(tier), HostCalls = calls, Gas = 1000, GasModel = GasModel.Flat,
        });
        Assert.Equal(new Exit(ExitReason.OutOfGas, 4), instance.Call());
        Assert.Equal((0UL, 1000UL, 0UL), (instance.GasLeft, instance.GasUsed, instance.Registers[A0]));
        instance.AddGas(2);
        Assert.Equal(ExitReason.Halt, instance.Run().Reason);
        Assert.Equal((0UL, 1002UL, 1UL), (instance.GasLeft, instance.GasUsed, instance.Registers[A0]));
    }

    [Theory]
    [MemberData(nameof(Tiers))]
    public void Collections_in_handlers_do_no_harm(string tier)
    {
        var guest = new Guest().ReadWrite(Address, 0x1000).Li(A2, 20).Emit(Opcode.Lui, A1, 0, 0, Address).Emit(Opcode.Fallthrough);
        guest.Emit(Opcode.Ecalli, immediate: 1).Emit(Opcode.Ld, A3, A1).Emit(Opcode.Add, A3, A3, A0).Emit(Opcode.Sd, 0, A1, A3);
        guest.Emit(Opcode.Addi, A2, A2, 0, -1).Emit(Opcode.Bne, 0, A2, 0, -20).Halt();
        var calls = new HostCallTable().Register(0, static _ => HostCallAction.Halt).Register(1, static caller =>
        {
            var garbage = new byte[1000];
            GC.Collect(2, GCCollectionMode.Forced, blocking: true, compacting: true);
            caller.Registers[A0] += (ulong)garbage.Length;
            return HostCallAction.Continue;
        });
        using var instance = Module.Create(guest.Build())
            .CreateInstance(new InstanceOptions { Tier = TierRegistry.Create(tier), HostCalls = calls });
        Assert.Equal(ExitReason.Halt, instance.Call().Reason);
        Assert.True(instance.Memory.TryReadUInt64(Address, out var sum));
        Assert.Equal(1000UL * 20 * 21 / 2, sum);
    }

    [Theory]
    [MemberData(nameof(Tiers))]
    public void A_run_cancelled_in_a_handler_stops_after_the_call(string tier)
    {
        var guest = new Guest().Emit(Opcode.Ecalli, immediate: 1).Emit(Opcode.Addi, A0, A0, 0, 1).Halt();
        using var source = new CancellationTokenSource();
        var calls = new HostCallTable().Register(0, static _ => HostCallAction.Halt).Register(1, _ =>
        {
            source.Cancel();
            return HostCallAction.Continue;
        });
        using var instance = Module.Create(guest.Build())
            .CreateInstance(new InstanceOptions { Tier = TierRegistry.Create(tier), HostCalls = calls });
        instance.Start();
        Assert.Equal(new Exit(ExitReason.Cancelled, 4), instance.Run(source.Token));
        Assert.Equal(0UL, instance.Registers[A0]);
        Assert.Equal(ExitReason.Halt, instance.Run().Reason);
        Assert.Equal(1UL, instance.Registers[A0]);
    }

    /// <summary>
    /// A loop of four instructions, so four gas, whose handler takes 10 and adds 9 by turns: after 200 000 rounds,
    /// more than many slices, what is left is known, and so is where a run with too little stops.
    /// </summary>
    private static void AssertGasIsExact(ITier tier, bool isCancellable)
    {
        const ulong Rounds = 200_000;
        var guest = new Guest().Emit(Opcode.Fallthrough).Emit(Opcode.Ecalli, immediate: 1);
        guest.Emit(Opcode.Addi, A1, A1, 0, -1).Emit(Opcode.Addi, A0, A0, 0, 1).Emit(Opcode.Bne, 0, A1, 0, -12).Halt();
        var calls = new HostCallTable().Register(0, static _ => HostCallAction.Halt).Register(1, static caller =>
        {
            var left = caller.GasLeft!.Value;
            Assert.True(caller.TryTakeGas(10));
            Assert.Equal(left - 10, caller.GasLeft);
            caller.AddGas(9);
            return HostCallAction.Continue;
        });
        const ulong Needed = 1 + (Rounds * 5) + 1;
        using var instance = Module.Create(guest.Build()).CreateInstance(new InstanceOptions
        {
            Tier = tier, HostCalls = calls, Gas = Needed + 12, GasModel = GasModel.Flat,
        });
        using var source = new CancellationTokenSource();
        instance.Start(null, 0, Rounds);
        Assert.Equal(ExitReason.Halt, instance.Run(isCancellable ? source.Token : default).Reason);
        Assert.Equal((12UL, Rounds), (instance.GasLeft, instance.Registers[A0]));
    }
}

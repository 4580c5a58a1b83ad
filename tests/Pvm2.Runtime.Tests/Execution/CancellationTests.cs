using System.Diagnostics;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Isa;
using Xunit;
using static Pvm2.Runtime.Tests.Execution.Guest;

namespace Pvm2.Runtime.Tests.Execution;

public sealed class CancellationTests
{
    public static TheoryData<Profile, GasModel> Combinations => new()
    {
        { Profile.Static, GasModel.Pipeline },
        { Profile.Static, GasModel.Flat },
        { Profile.Static, GasModel.None },
        { Profile.Xjar, GasModel.Pipeline },
        { Profile.Xjar, GasModel.None },
    };

    [Theory]
    [MemberData(nameof(Combinations))]
    public void A_run_stops_soon_at_a_block_start_with_exact_gas_and_goes_on(Profile profile, GasModel model)
    {
        // Counts a1 down; the loop is the first block, three instructions.
        var guest = new Guest(profile).Emit(Opcode.Addi, A0, A0, 0, 1).Emit(Opcode.Addi, A1, A1, 0, -1).Emit(Opcode.Bne, 0, A1, 0, -8).Halt();
        using var instance = guest.Start(model);
        instance.Registers[A1] = ulong.MaxValue;

        var delays = new List<double>();
        for (var i = 0; i < 15; i++)
        {
            using var source = new CancellationTokenSource();
            var requested = 0L;
            var thread = new Thread(() =>
            {
                Thread.Sleep(2);
                Volatile.Write(ref requested, Stopwatch.GetTimestamp());
                source.Cancel();
            });
            thread.Start();
            var exit = instance.Run(source.Token);
            delays.Add(Stopwatch.GetElapsedTime(Volatile.Read(ref requested)).TotalMilliseconds);
            thread.Join();

            Assert.Equal(new Exit(ExitReason.Cancelled, guest.CodeBase), exit);
            var rounds = instance.Registers[A0];
            Assert.Equal(ulong.MaxValue - rounds, instance.Registers[A1]);
            var costs = instance.Module.Price(model);
            Assert.Equal(model == GasModel.None ? null : rounds * costs[0], instance.GasUsed);
        }

        // The best of them: what a busy machine adds by not scheduling one of the two threads is not ours.
        Assert.InRange(delays.Min(), 0, 1);

        instance.Registers[A1] = 1;
        Assert.Equal(ExitReason.Halt, instance.Run().Reason);
    }

    [Theory]
    [MemberData(nameof(Combinations))]
    public void A_token_cancelled_before_stops_before_the_first_block(Profile profile, GasModel model)
    {
        using var instance = new Guest(profile).Li(A0, 1).Halt().Start(model);
        Assert.Equal(ExitReason.Cancelled, instance.Run(new CancellationToken(canceled: true)).Reason);
        Assert.Equal(0UL, instance.Registers[A0]);
        Assert.Equal(model == GasModel.None ? null : 0UL, instance.GasUsed);
        Assert.Equal(ExitReason.Halt, instance.Run().Reason);
        Assert.Equal(1UL, instance.Registers[A0]);
    }

    [Fact]
    public void Loops_of_every_kind_can_be_stopped_without_metering()
    {
        // jal to itself, in both profiles; br_table; jalr; a loop through a host call that continues.
        AssertStops(new Guest().Emit(Opcode.Jal));
        AssertStops(new Guest(Profile.Xjar).Emit(Opcode.Jal));
        AssertStops(new Guest().Li(A0, 1).Emit(Opcode.Fallthrough).Table(8).Emit(Opcode.BrTable, 0, A0));
        AssertStops(new Guest(Profile.Xjar).Emit(Opcode.Auipc, A0).Emit(Opcode.Jalr, 0, A0));
        AssertStops(new Guest().Emit(Opcode.Ecalli, immediate: 5).Emit(Opcode.Jal, immediate: -4));

        static void AssertStops(Guest guest)
        {
            var calls = new HostCallTable().Register(5, _ => HostCallAction.Continue);
            var options = new InstanceOptions { GasModel = GasModel.None, HostCalls = calls };
            using var instance = Module.Create(guest.Build()).CreateInstance(options);
            using var source = new CancellationTokenSource(5);
            instance.Start();
            var exit = instance.Run(source.Token);
            Assert.Equal(ExitReason.Cancelled, exit.Reason);
            Assert.True(instance.Module.Blocks.IsStart(exit.ProgramCounter - guest.CodeBase));
        }
    }

    [Theory]
    [InlineData(0UL)]
    [InlineData(70_000UL)]
    public void A_run_with_a_token_ends_as_one_without(ulong gas)
    {
        // More than two slices of gas, and then none: out of gas at the same place.
        var guest = new Guest().Emit(Opcode.Addi, A0, A0, 0, 1).Emit(Opcode.Jal, immediate: -4);
        using var source = new CancellationTokenSource();
        using var with = guest.Start(GasModel.Pipeline, gas);
        using var without = guest.Start(GasModel.Pipeline, gas);
        Assert.Equal(without.Run(), with.Run(source.Token));
        Assert.Equal((without.GasLeft, without.Registers[A0]), (with.GasLeft, with.Registers[A0]));
    }

    [Fact]
    public void A_block_dearer_than_a_slice_of_gas_runs()
    {
        // 600 divisions, each waiting for the one before it: 36 000 cycles.
        var guest = new Guest();
        for (var i = 0; i < 600; i++)
        {
            guest.Emit(Opcode.Div, A0, A0, A0);
        }

        using var source = new CancellationTokenSource();
        using var instance = guest.Halt().Start(GasModel.Pipeline, 40_000);
        Assert.Equal(ExitReason.Halt, instance.Run(source.Token).Reason);
        Assert.Equal((600UL * 60) + 100 - 3 - 100, instance.GasUsed);
    }
}

using System.Diagnostics;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Tests.Execution;
using Pvm2.TestKit.Generation;
using Pvm2.TestKit.Lockstep;
using Pvm2.TestKit.Tiers;
using Xunit;
using static Pvm2.Runtime.Tests.Execution.Guest;

namespace Pvm2.Runtime.Tests.Portable;

/// <summary>What is not compiled is interpreted, a block at a time or for so much gas, and that changes nothing.</summary>
public sealed class InterpretedCodeTests
{
    private const int Guests = 300;
    private const ulong FirstSeed = 9_100_000;

    [Theory]
    [InlineData(Profile.Static)]
    [InlineData(Profile.Xjar)]
    public void Interpreted_pieces_are_the_whole(Profile profile)
    {
        var comparison = new GuestComparison(
            [TierRegistry.Reference, Tier(0).Entry, Tier(1).Entry, Tier(50).Entry, Tier(1 << 15).Entry]);
        for (var seed = FirstSeed; seed < FirstSeed + Guests; seed++)
        {
            Assert.True(comparison.Agrees(RandomGuest.Generate(seed, profile), out var report), report);
            Assert.True(comparison.Agrees(HostileGuest.Generate(seed, profile), out report), report);
        }

        Assert.InRange(comparison.Pauses, 10 * Guests, long.MaxValue);
    }

    [Theory]
    [InlineData(0, GasModel.Pipeline)]
    [InlineData(0, GasModel.Flat)]
    [InlineData(0, GasModel.None)]
    [InlineData(1 << 15, GasModel.Pipeline)]
    [InlineData(1 << 15, GasModel.None)]
    public void A_loop_can_be_stopped_soon(ulong slice, GasModel model)
    {
        using var instance = Start(new Guest().Emit(Opcode.Addi, A0, A0, 0, 1).Emit(Opcode.Jal, immediate: -4), slice, model);
        var delays = new List<double>();
        for (var i = 0; i < 10; i++)
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
            Assert.Equal(new Exit(ExitReason.Cancelled, 0), instance.Run(source.Token));
            delays.Add(Stopwatch.GetElapsedTime(Volatile.Read(ref requested)).TotalMilliseconds);
            thread.Join();
            Assert.Equal(model == GasModel.None ? null : instance.Registers[A0] * instance.Module.Price(model)[0], instance.GasUsed);
        }

        Assert.InRange(delays.Min(), 0, 1);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void The_end_of_the_code_panics_and_costs_nothing(ulong slice)
    {
        using var instance = Start(new Guest().Halt(), slice, GasModel.Pipeline, gas: 100);
        Assert.Equal(ExitReason.HostCall, instance.Run().Reason);
        var used = instance.GasUsed;
        Assert.Equal(new Exit(ExitReason.Panic, 4), instance.Run());
        Assert.Equal(used, instance.GasUsed);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void A_block_dearer_than_a_slice_runs_or_not_at_all(ulong slice)
    {
        // 600 divisions, each waiting for the one before it: 36 000 cycles.
        var guest = new Guest();
        for (var i = 0; i < 600; i++)
        {
            guest.Emit(Opcode.Div, A0, A0, A0);
        }

        using var instance = Start(guest.Halt(), slice, GasModel.Pipeline, gas: 0);
        var cost = instance.Module.Price(GasModel.Pipeline)[0];
        instance.AddGas(cost - 1);
        Assert.Equal(new Exit(ExitReason.OutOfGas, 0), instance.Run());
        Assert.Equal(cost - 1, instance.GasLeft);
        instance.AddGas(1);
        Assert.Equal(ExitReason.HostCall, instance.Run().Reason);
        Assert.Equal(0UL, instance.GasLeft);
    }

    private static PortableTestTier Tier(ulong slice) =>
        new($"slices of {slice}", (module, model) => new InterpretedCode(module, model, slice));

    private static Instance Start(Guest guest, ulong slice, GasModel model, ulong gas = ulong.MaxValue)
    {
        var options = new InstanceOptions { Tier = Tier(slice), GasModel = model, Gas = gas };
        var instance = Module.Create(guest.Build()).CreateInstance(options);
        instance.Start();
        return instance;
    }
}

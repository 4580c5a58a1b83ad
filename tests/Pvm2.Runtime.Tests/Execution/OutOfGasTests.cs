using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Isa;
using Xunit;
using static Pvm2.Runtime.Tests.Execution.Guest;

namespace Pvm2.Runtime.Tests.Execution;

public sealed class OutOfGasTests
{
    [Theory]
    [InlineData(Profile.Static)]
    [InlineData(Profile.Xjar)]
    public void A_block_that_costs_too_much_neither_runs_nor_is_charged(Profile profile)
    {
        // Blocks of 2 and 3 instructions and the halt.
        var guest = new Guest(profile).Li(A0, 1).Emit(Opcode.Fallthrough).Li(A0, 2).Li(A1, 3).Emit(Opcode.Fallthrough).Halt();
        using var instance = guest.Start(GasModel.Flat, 4);

        Assert.Equal(new Exit(ExitReason.OutOfGas, guest.CodeBase + 8), instance.Run());
        Assert.Equal((1UL, 0UL, 2UL), (instance.Registers[A0], instance.Registers[A1], instance.GasLeft));

        // Nothing changes until there is enough for the whole block, and then it runs to the next.
        Assert.Equal(new Exit(ExitReason.OutOfGas, guest.CodeBase + 8), instance.Run());
        Assert.Equal(2UL, instance.GasLeft);
        instance.AddGas(1);
        Assert.Equal(new Exit(ExitReason.OutOfGas, guest.CodeBase + 20), instance.Run());
        Assert.Equal((2UL, 3UL, 0UL), (instance.Registers[A0], instance.Registers[A1], instance.GasLeft));
        instance.AddGas(5);
        Assert.Equal(ExitReason.Halt, instance.Run().Reason);
        Assert.Equal((4UL, 6UL), (instance.GasLeft, instance.GasUsed));
    }

    [Fact]
    public void No_gas_at_all_stops_at_the_entry()
    {
        using var instance = new Guest().Li(A0, 1).Halt().Start(gas: 0);
        Assert.Equal(new Exit(ExitReason.OutOfGas, 0), instance.Run());
        Assert.Equal((0UL, 0UL), (instance.Registers[A0], instance.GasUsed));
    }

    [Theory]
    [InlineData(GasModel.Pipeline)]
    [InlineData(GasModel.Flat)]
    public void A_run_in_portions_equals_an_uninterrupted_one(GasModel model)
    {
        using var whole = Hash().Start(model);
        Assert.Equal(ExitReason.Halt, whole.Run().Reason);

        using var portions = Hash().Start(model, 0);
        var random = new Random(3);
        var pauses = 0;
        while (portions.Run() is { Reason: ExitReason.OutOfGas } exit)
        {
            Assert.True(portions.Module.Blocks.IsStart(exit.ProgramCounter));
            Assert.True(portions.GasLeft < portions.Module.Price(model)[portions.Module.Blocks.IndexOf(exit.ProgramCounter)]);
            portions.AddGas((ulong)random.Next(40));
            pauses++;
        }

        Assert.InRange(pauses, 500, 100_000);
        Assert.Equal(whole.GasUsed, portions.GasUsed);
        for (var i = 0; i < 16; i++)
        {
            Assert.Equal(whole.Registers[i], portions.Registers[i]);
        }

        var expected = new byte[4096];
        var actual = new byte[4096];
        Assert.True(whole.Memory.TryRead(0x1_0000, expected) && portions.Memory.TryRead(0x1_0000, actual));
        Assert.Equal(expected, actual);
    }

    [Fact]
    public void Gas_is_capped_at_the_largest_number()
    {
        using var instance = new Guest().Li(A0, 1).Halt().Start(GasModel.Flat, ulong.MaxValue - 1);
        instance.AddGas(5);
        Assert.Equal(ulong.MaxValue, instance.GasLeft);
        Assert.Equal(0UL, instance.GasUsed);
        instance.Run();
        Assert.Equal(2UL, instance.GasUsed);
        Assert.Equal(ulong.MaxValue - 2, instance.GasLeft);
    }

    [Fact]
    public void The_host_can_take_gas_but_not_more_than_there_is()
    {
        using var instance = new Guest().Li(A0, 1).Halt().Start(GasModel.Flat, 10);
        Assert.False(instance.TryTakeGas(11));
        Assert.True(instance.TryTakeGas(9));
        Assert.Equal((1UL, 9UL), (instance.GasLeft, instance.GasUsed));
        Assert.Equal(ExitReason.OutOfGas, instance.Run().Reason);
    }

    [Fact]
    public void Without_metering_no_gas_is_reported()
    {
        using var instance = new Guest().Li(A0, 1).Halt().Start(GasModel.None, 0);
        Assert.Equal(ExitReason.Halt, instance.Run().Reason);
        Assert.Null(instance.GasLeft);
        Assert.Null(instance.GasUsed);
        Assert.True(instance.TryTakeGas(1));
    }

    /// <summary>Mixes numbers through a page of memory: loads, stores, products, a nested loop.</summary>
    private static Guest Hash()
    {
        var guest = new Guest().ReadWrite(0x1_0000, 0x1000, 1, 2, 3);
        guest.Emit(Opcode.Lui, S0, 0, 0, 0x1_0000).Li(A0, 77).Li(A1, 50).Emit(Opcode.Fallthrough);
        var outer = guest.Here;
        guest.Li(A2, 60).Emit(Opcode.Fallthrough);
        var inner = guest.Here;
        guest.Emit(Opcode.Sh3add, A3, A2, S0).Emit(Opcode.Ld, A4, A3, 0, 8).Emit(Opcode.Mul, A0, A0, A0);
        guest.Emit(Opcode.Addi, A0, A0, 0, 5).Emit(Opcode.Xor, A4, A4, A0).Emit(Opcode.Sd, 0, A3, A4, 8);
        guest.Emit(Opcode.Addi, A2, A2, 0, -1).Emit(Opcode.Bne, 0, A2, 0, (int)inner - (int)guest.Here);
        guest.Emit(Opcode.Addi, A1, A1, 0, -1).Emit(Opcode.Bne, 0, A1, 0, (int)outer - (int)guest.Here);
        return guest.Halt();
    }
}

using System.Runtime.CompilerServices;
using Pvm2.Runtime.Isa;
using Xunit;

namespace Pvm2.Runtime.Tests.Isa;

public sealed class InstructionTests
{
    [Fact]
    public void It_is_eight_bytes() => Assert.Equal(8, Unsafe.SizeOf<Instruction>());

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(int.MinValue)]
    [InlineData(int.MaxValue)]
    [InlineData(-4096)]
    public void Every_field_keeps_its_value_whatever_the_others_are(int immediate)
    {
        var random = new Random(3);
        for (var i = 0; i < 20_000; i++)
        {
            var opcode = (Opcode)random.Next((int)Opcode.Fallthrough + 1);
            var row = (byte)random.Next(256);
            var length = (byte)random.Next(5);
            var registers = new byte[3];
            random.NextBytes(registers);
            byte rd = (byte)(registers[0] & 15), rs1 = (byte)(registers[1] & 15), rs2 = (byte)(registers[2] & 15);

            AssertFields(new Instruction(opcode, row, length, rd, rs1, rs2, immediate));
            AssertFields(default(Instruction) with
            {
                Immediate = immediate, Rs2 = rs2, Rs1 = rs1, Rd = rd, Length = length, Row = row, Opcode = opcode,
            });
            AssertFields(new Instruction(Opcode.Fallthrough, 255, 4, 15, 15, 15, ~immediate) with
            {
                Opcode = opcode, Row = row, Length = length, Rd = rd, Rs1 = rs1, Rs2 = rs2, Immediate = immediate,
            });

            void AssertFields(Instruction made) => Assert.Equal(
                (opcode, row, length, rd, rs1, rs2, immediate),
                (made.Opcode, made.Row, made.Length, made.Rd, made.Rs1, made.Rs2, made.Immediate));
        }
    }

    [Fact]
    public void What_has_no_room_is_refused()
    {
        var instruction = Encoder.Make(Opcode.Add, 1, 2, 3);
        Assert.Throws<ArgumentOutOfRangeException>(() => Encoder.Make(Opcode.Add, rd: 16));
        Assert.Throws<ArgumentOutOfRangeException>(() => instruction with { Rs1 = 16 });
        Assert.Throws<ArgumentOutOfRangeException>(() => instruction with { Rs2 = 255 });
        Assert.Throws<ArgumentOutOfRangeException>(() => instruction with { Length = 5 });
        Assert.Throws<ArgumentOutOfRangeException>(() => instruction with { Opcode = Opcode.Fallthrough + 1 });
    }

    [Fact]
    public void Instructions_are_equal_if_all_fields_are()
    {
        var instruction = Encoder.Make(Opcode.Lw, 10, 11, 0, -4);
        Assert.Equal(Encoder.Make(Opcode.Lw, 10, 11, 0, -4), instruction);
        Assert.NotEqual(instruction with { Immediate = 4 }, instruction);
        Assert.NotEqual(instruction with { Length = 2 }, instruction);
        Assert.NotEqual(instruction with { Rs2 = 1 }, instruction);
    }

    [Fact]
    public void Family_and_traits_are_those_of_the_table()
    {
        foreach (var row in InstructionTable.Rows)
        {
            var instruction = new Instruction(row.Opcode, row.Row, 4, 0, 0, 0, 0);
            Assert.Equal(row.Family, instruction.Family);
            Assert.Equal(row.Traits, instruction.Traits);
        }
    }
}

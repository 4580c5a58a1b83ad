using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Interpreter;
using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Tests.Execution;
using Xunit;

namespace Pvm2.Runtime.Tests.Interpreter;

/// <summary>A handler of two instructions does what the handlers of each do, faults included.</summary>
public sealed class FusionTests
{
    private const uint Data = 0x1_0000;
    private const int RoundsPerPair = 60;

    [Fact]
    public void Fused_instructions_do_what_they_do_apart()
    {
        var random = new Random(11);
        var pairs = 0;
        foreach (var (codes, number) in HandlerTests.AllHandlers(HandlerRegistry.Metered))
        {
            if (codes.Length != 2)
            {
                continue;
            }

            pairs++;
            for (var round = 0; round < RoundsPerPair; round++)
            {
                AssertSame(Random(codes[0], random), Random(codes[1], random), number, random);
            }
        }

        Assert.InRange(pairs, 60, 200);
    }

    [Fact]
    public void A_block_takes_as_few_handlers_as_can_be()
    {
        // Of three adds and a set-less-than, the last two are a pair and so are the first two.
        OperationCode[] codes = [OperationCode.Charge, OperationCode.Add, OperationCode.Add, OperationCode.Add, OperationCode.Sltu, OperationCode.Ecalli];
        var registry = HandlerRegistry.Metered;
        var chosen = Fusion.ChooseHandlers(codes, registry);
        Assert.Equal(registry.Number(OperationCode.Charge), chosen[0]);
        Assert.Equal(registry.Number(OperationCode.Add, OperationCode.Add), chosen[1]);
        Assert.Equal(registry.Number(OperationCode.Add, OperationCode.Sltu), chosen[3]);
        Assert.Equal(registry.Number(OperationCode.Ecalli), chosen[5]);
    }

    private static void AssertSame(Instruction first, Instruction second, ushort number, Random random)
    {
        var together = Program(first, second, isApart: false);
        var apart = Program(first, second, isApart: true);
        var predecoded = Predecoder.Predecode(together.Module, together.Module.Price(GasModel.Flat), HandlerRegistry.Metered);
        Assert.Equal(number, predecoded.HandlerNumbers[1]);

        for (var register = 1; register < 16; register++)
        {
            // Places in memory, places at its end, and numbers.
            var value = random.Next(4) switch
            {
                0 => Data + 0xF00u + (ulong)random.Next(0x108),
                1 => (ulong)random.NextInt64(),
                _ => Data + (ulong)random.Next(0x1000),
            };
            together.Registers[register] = value;
            apart.Registers[register] = value;
        }

        using (together)
        using (apart)
        {
            var exit = together.Run();
            var other = apart.Run();
            var shift = other.ProgramCounter > 4 ? 4u : 0u;
            var what = $"{first} {second}";
            Assert.True(exit == other with { ProgramCounter = other.ProgramCounter - shift }, $"{what}: {exit} {other}");
            var expected = new byte[0x1000];
            var actual = new byte[0x1000];
            Assert.True(apart.Memory.TryRead(Data, expected) && together.Memory.TryRead(Data, actual));
            Assert.True(expected.AsSpan().SequenceEqual(actual), what);
            for (var register = 0; register < 16; register++)
            {
                Assert.True(apart.Registers[register] == together.Registers[register], $"{what}: x{register}");
            }
        }
    }

    private static Instance Program(Instruction first, Instruction second, bool isApart)
    {
        var guest = new Guest().ReadWrite(Data, 0x1000, [.. Enumerable.Range(0, 0x1000).Select(i => (byte)(i * 41))]);
        guest.Word(Encoder.Encode(first));
        if (isApart)
        {
            guest.Emit(Opcode.Fallthrough);
        }

        // A branch goes to the halt or to the trap, and all else to the trap.
        guest.Word(Encoder.Encode(second)).Emit(Opcode.Fallthrough).Emit(Opcode.Trap).Halt();
        return guest.Start(GasModel.Flat);
    }

    private static Instruction Random(OperationCode code, Random random)
    {
        var (rd, rs1, rs2) = (Register(random), Register(random), Register(random));
        return code switch
        {
            OperationCode.Move => Encoder.Make(Opcode.Addi, NotZero(random), NotZero(random)),
            OperationCode.LoadConstant => Encoder.Make(Opcode.Lui, NotZero(random), 0, 0, random.Next() & ~0xFFF),
            _ => InstructionTable.Describe((Opcode)code).Format switch
            {
                OperandFormat.Load => Encoder.Make((Opcode)code, rd, rs1, 0, random.Next(-16, 16)),
                OperandFormat.Store => Encoder.Make((Opcode)code, 0, rs1, rs2, random.Next(-16, 16)),
                OperandFormat.Branch => Encoder.Make((Opcode)code, 0, rs1, random.Next(2) == 0 ? rs1 : rs2, 12),
                OperandFormat.Register => Encoder.Make((Opcode)code, NotZero(random), NotZero(random), NotZero(random)),
                OperandFormat.Immediate => Encoder.Make((Opcode)code, NotZero(random), NotZero(random), 0, random.Next(1, 2048)),
                OperandFormat.Shift5 => Encoder.Make((Opcode)code, NotZero(random), rs1, 0, random.Next(32)),
                OperandFormat.Shift6 => Encoder.Make((Opcode)code, NotZero(random), rs1, 0, random.Next(64)),
                var format => throw new InvalidOperationException($"{code} has format {format}."),
            },
        };
    }

    private static int Register(Random random) => random.Next(6) == 0 ? 0 : NotZero(random);

    /// <summary>Few of them, so that the second instruction often reads what the first wrote.</summary>
    private static int NotZero(Random random) => random.Next(Guest.A0, Guest.A0 + 4);
}

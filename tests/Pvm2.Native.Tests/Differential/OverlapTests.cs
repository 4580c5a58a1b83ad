using Pvm2.Native.Tests.Kit;
using Pvm2.Runtime.Isa;
using Xunit;

namespace Pvm2.Native.Tests.Differential;

/// <summary>
/// Every instruction with every choice of registers, and what is compiled together with every choice from four registers:
/// zero, one in the frame, and two machine registers.
/// </summary>
public sealed class OverlapTests
{
    private const int Rounds = 2;

    // x3 lives in the frame, x12 in cl, and the base rbp, which is x2, has an encoding of its own.
    private static readonly int[] Pool = [0, 3, 12, 2];

    private static readonly int[] ShiftCounts = [0, 1, 12, 31, 32, 63];

    private static readonly int[] SmallImmediates = [0, 1, -1, 127, 128, -128, -129, 2047, -2048];

    private static readonly int[] UpperImmediates = [0, 0x1000, 0x7FFF_F000, int.MinValue, -0x1000];

    [NativeFact]
    public void Every_instruction_with_any_registers()
    {
        var sequences = new SequenceComparison();
        foreach (var row in InstructionTable.BaseRows)
        {
            if (row.Opcode is >= Opcode.Lui and < Opcode.Beq)
            {
                AddAll(sequences, row.Opcode, row.Format);
            }
        }

        Assert.InRange(sequences.Count, 150_000, int.MaxValue);
        sequences.Check(Rounds);
    }

    [NativeFact]
    public void A_sum_its_carry_and_what_takes_it()
    {
        foreach (var last in (Opcode[])[Opcode.Add, Opcode.Sub])
        {
            var sequences = new SequenceComparison();
            ForEachChoice(9, r => sequences.Add(
                Encoder.Make(Opcode.Add, r[0], r[1], r[2]),
                Encoder.Make(Opcode.Sltu, r[3], r[4], r[5]),
                Encoder.Make(last, r[6], r[7], r[8])));
            sequences.Check(Rounds);
        }
    }

    [NativeFact]
    public void A_comparison_and_what_takes_its_result()
    {
        var sequences = new SequenceComparison();
        foreach (var last in (Opcode[])[Opcode.Add, Opcode.Sub, Opcode.Sltu])
        {
            ForEachChoice(6, r => sequences.Add(
                Encoder.Make(Opcode.Sltu, r[0], r[1], r[2]), Encoder.Make(last, r[3], r[4], r[5])));
        }

        sequences.Check(8);
    }

    [NativeFact]
    public void Two_halves_of_a_product()
    {
        Opcode[] halves = [Opcode.Mul, Opcode.Mulhu, Opcode.Mulh, Opcode.Mulhsu];
        var sequences = new SequenceComparison();
        foreach (var first in halves)
        {
            foreach (var second in halves)
            {
                ForEachChoice(6, r => sequences.Add(
                    Encoder.Make(first, r[0], r[1], r[2]), Encoder.Make(second, r[3], r[4], r[5])));
            }
        }

        sequences.Check(4);
    }

    [NativeFact]
    public void A_constant_and_what_changes_it()
    {
        Opcode[] folded = [Opcode.Addi, Opcode.Addiw, Opcode.Slli];
        Opcode[] beginnings = [Opcode.Lui, Opcode.Addi];
        var sequences = new SequenceComparison();
        var count = 0;
        foreach (var first in beginnings)
        {
            foreach (var second in folded)
            {
                foreach (var third in folded)
                {
                    ForEachChoice(5, r => sequences.Add(
                        WithImmediate(first, r[0], 0, count++),
                        WithImmediate(second, r[1], r[2], count++),
                        WithImmediate(third, r[3], r[4], count += 7)));
                }
            }
        }

        sequences.Check(Rounds);
    }

    private static Instruction WithImmediate(Opcode opcode, int rd, int rs1, int choice)
    {
        var choices = opcode switch
        {
            Opcode.Lui => UpperImmediates,
            Opcode.Slli => ShiftCounts,
            _ => SmallImmediates,
        };
        return Encoder.Make(opcode, rd, rs1, immediate: choices[choice % choices.Length]);
    }

    private static void AddAll(SequenceComparison sequences, Opcode opcode, OperandFormat format)
    {
        var immediates = format switch
        {
            OperandFormat.Immediate => SmallImmediates,
            OperandFormat.Shift6 => ShiftCounts,
            OperandFormat.Shift5 => ShiftCounts[..4],
            OperandFormat.Upper => UpperImmediates,
            _ => [0],
        };
        for (var rd = 0; rd < 16; rd++)
        {
            for (var rs1 = 0; rs1 < (format == OperandFormat.Upper ? 1 : 16); rs1++)
            {
                for (var rs2 = 0; rs2 < (format == OperandFormat.Register ? 16 : 1); rs2++)
                {
                    foreach (var immediate in immediates)
                    {
                        sequences.Add(Encoder.Make(opcode, rd, rs1, rs2, immediate));
                    }
                }
            }
        }
    }

    /// <summary>Calls an action with every choice of so many registers from the pool.</summary>
    private static void ForEachChoice(int places, Action<int[]> action)
    {
        var registers = new int[places];
        for (var choice = 0; choice < 1 << (2 * places); choice++)
        {
            for (var place = 0; place < places; place++)
            {
                registers[place] = Pool[(choice >> (2 * place)) & 3];
            }

            action(registers);
        }
    }
}

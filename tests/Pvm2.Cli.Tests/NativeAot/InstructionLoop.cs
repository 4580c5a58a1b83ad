using System.Text;
using Pvm2.Runtime.Isa;

namespace Pvm2.Cli.Tests.NativeAot;

/// <summary>
/// Writes a guest that executes every instruction without a jump in a loop, and in each turn also every pair out of
/// the frequent ones, whether or not the interpreter fuses it.
/// </summary>
internal static class InstructionLoop
{
    private static readonly string[] Frequent =
    [
        "lw", "ld", "lbu", "sb", "sw", "sd", "addi", "andi", "slli", "srli", "srai", "addiw", "srliw", "rori", "add", "sub",
        "xor", "or", "and", "addw", "subw", "sltu", "mul", "mulhu", "add.uw", "sh1add", "sh3add", "andn", "czero.eqz",
    ];

    private static readonly string[] Pseudo = ["li a2, 0x12345", "mv a2, a3"];

    private static readonly string[] Branches = ["beq", "bne", "blt", "bge", "bltu", "bgeu"];

    /// <summary>No pair of instructions that are fused has this one in it.</summary>
    private const string Separator = "rev8 a5, a5";

    /// <summary>Writes the guest.</summary>
    /// <param name="turns">How often the loop goes round.</param>
    public static string Write(int turns)
    {
        var text = new StringBuilder($"""
            .entry main
            .bss
            buffer: .zero 64
            .text
            main:
                la s0, buffer
                li s1, {turns}
                li a3, -77
                li a4, 99
                fallthrough
            again:

            """);
        foreach (var row in InstructionTable.BaseRows)
        {
            if (Operands(row) is { Length: > 0 } operands)
            {
                text.Append($"{row.Mnemonic} {operands}\n{Separator}\n");
            }
        }

        WritePairs(text, [.. Frequent.Select(Instruction), .. Pseudo]);
        text.Append("""
                addi s1, s1, -1
                beqz s1, done
                j again
            done:
                li a0, 0
                ecalli 0
            """);
        return text.ToString();
    }

    private static void WritePairs(StringBuilder text, IReadOnlyList<string> instructions)
    {
        var labels = 0;
        foreach (var first in instructions)
        {
            foreach (var second in instructions)
            {
                text.Append($"{first}\n{second}\n{Separator}\n");
            }

            foreach (var branch in Branches)
            {
                // The next block, whether taken or not.
                text.Append($"{first}\n{branch} a2, a4, next{labels}\nnext{labels}:\n");
                labels++;
            }
        }
    }

    private static string Instruction(string mnemonic)
    {
        var row = InstructionTable.BaseRows.ToArray().Single(row => row.Mnemonic == mnemonic);
        return $"{mnemonic} {Operands(row)}";
    }

    private static string Operands(InstructionDescriptor row) => row.Family switch
    {
        InstructionFamily.Load => "a2, 0(s0)",
        InstructionFamily.Store => "a3, 8(s0)",
        InstructionFamily.Arithmetic or InstructionFamily.MultiplyDivide => row.Format switch
        {
            OperandFormat.Register => "a2, a3, a4",
            OperandFormat.Immediate or OperandFormat.Shift6 or OperandFormat.Shift5 => "a2, a3, 7",
            OperandFormat.Unary => "a2, a3",
            _ => string.Empty,
        },
        _ => string.Empty,
    };
}

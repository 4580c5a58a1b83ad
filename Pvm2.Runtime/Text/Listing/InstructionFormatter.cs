using System.Globalization;
using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Text.Syntax;

namespace Pvm2.Runtime.Text.Listing;

/// <summary>Writes one instruction as text.</summary>
internal static class InstructionFormatter
{
    /// <summary>Writes an instruction.</summary>
    /// <param name="instruction">The instruction.</param>
    /// <param name="options">How to write it.</param>
    /// <param name="reference">What stands for the target of a branch, or for a jump table.</param>
    internal static string Format(in Instruction instruction, DisassemblyOptions options, string reference)
    {
        if (instruction.IsIllegal)
        {
            return "illegal";
        }

        var shown = options.ShowCompressed
            ? instruction
            : instruction with { Row = (byte)instruction.Opcode, Length = 4 };
        if (options.UseAliases && AliasMatcher.TryFormat(shown, reference, out var alias))
        {
            return alias;
        }

        var row = shown.Encoding;
        if (shown.Opcode == Opcode.Fence && (shown.Immediate >> 8) != 0)
        {
            // A mode that has no letters: the number is the whole field.
            return string.Create(CultureInfo.InvariantCulture, $"{row.Mnemonic} {shown.Immediate}");
        }

        var operands = new List<string>(3);
        foreach (var kind in OperandSyntax.Of(row))
        {
            if (kind != OperandKind.OptionalImmediate || shown.Immediate != 0)
            {
                operands.Add(FormatOperand(kind, shown, reference));
            }
        }

        return Join(row.Mnemonic, operands);
    }

    /// <summary>Puts a mnemonic before its operands.</summary>
    internal static string Join(string mnemonic, IReadOnlyCollection<string> operands) =>
        operands.Count == 0 ? mnemonic : $"{mnemonic} {string.Join(", ", operands)}";

    /// <summary>Writes the operand of a kind.</summary>
    internal static string FormatOperand(OperandKind kind, in Instruction instruction, string reference) => kind switch
    {
        OperandKind.Rd => RegisterNames.AbiName(instruction.Rd),
        OperandKind.Rs1 => RegisterNames.AbiName(instruction.Rs1),
        OperandKind.Rs2 => RegisterNames.AbiName(instruction.Rs2),
        OperandKind.Upper => FormatNumber((instruction.Immediate >> 12) & 0xF_FFFF),
        OperandKind.Memory => $"{FormatNumber(instruction.Immediate)}({RegisterNames.AbiName(instruction.Rs1)})",
        OperandKind.Target or OperandKind.Table => reference,
        OperandKind.Predecessor => FenceSet.Format((instruction.Immediate >> 4) & 15),
        OperandKind.Successor => FenceSet.Format(instruction.Immediate & 15),
        _ => FormatNumber(instruction.Immediate),
    };

    private static string FormatNumber(int number) => number.ToString(CultureInfo.InvariantCulture);
}

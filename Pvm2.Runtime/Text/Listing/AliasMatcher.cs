using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Text.Syntax;

namespace Pvm2.Runtime.Text.Listing;

/// <summary>Finds the pseudo-instruction that an instruction is.</summary>
internal static class AliasMatcher
{
    /// <summary>Writes an instruction as a pseudo-instruction, if it is one.</summary>
    internal static bool TryFormat(in Instruction instruction, string reference, [NotNullWhen(true)] out string? text)
    {
        foreach (var pseudo in PseudoInstructionTable.PrintedFor(instruction.Row))
        {
            var arguments = new Dictionary<string, string>(StringComparer.Ordinal);
            if (Matches(pseudo, instruction, reference, arguments))
            {
                text = InstructionFormatter.Join(pseudo.Name, [.. pseudo.Parameters.Select(p => FormatParameter(p, arguments))]);
                return true;
            }
        }

        text = null;
        return false;
    }

    private static bool Matches(
        PseudoInstruction pseudo, in Instruction instruction, string reference, Dictionary<string, string> arguments)
    {
        var syntax = OperandSyntax.Of(pseudo.Row);
        if (pseudo.Operands.Count != syntax.Length)
        {
            // The one such form is the fence whose field is written as a number.
            return pseudo.Operands is [{ Kind: TemplateKind.Number } field] && field.Value == instruction.Immediate;
        }

        for (var i = 0; i < syntax.Length; i++)
        {
            if (!Matches(pseudo.Operands[i], syntax[i], instruction, reference, arguments))
            {
                return false;
            }
        }

        // Letters cannot say the mode of a fence.
        return instruction.Opcode != Opcode.Fence || (instruction.Immediate >> 8) == 0;
    }

    private static bool Matches(
        TemplateOperand template,
        OperandKind kind,
        in Instruction instruction,
        string reference,
        Dictionary<string, string> arguments)
    {
        switch (template.Kind)
        {
            case TemplateKind.Memory:
                return Matches(template.Parts[0], OperandKind.Immediate, instruction, reference, arguments)
                    && Matches(template.Parts[1], OperandKind.Rs1, instruction, reference, arguments);
            case TemplateKind.Parameter:
                arguments.Add(template.Text, InstructionFormatter.FormatOperand(kind, instruction, reference));
                return true;
            case TemplateKind.Number:
                return InstructionFormatter.FormatOperand(kind, instruction, reference)
                    == template.Value.ToString(CultureInfo.InvariantCulture);
            default:
                return InstructionFormatter.FormatOperand(kind, instruction, reference) == template.Text;
        }
    }

    private static string FormatParameter(TemplateOperand parameter, Dictionary<string, string> arguments) =>
        parameter.Kind == TemplateKind.Memory
            ? $"{arguments[parameter.Parts[0].Text]}({arguments[parameter.Parts[1].Text]})"
            : arguments[parameter.Text];
}

using System.Globalization;
using Pvm2.Runtime.Isa;

namespace Pvm2.Runtime.Text.Syntax;

/// <summary>A name for an instruction with some of its operands fixed or in another order.</summary>
internal sealed class PseudoInstruction
{
    /// <summary>Makes one from its text.</summary>
    /// <param name="syntax">Name and parameters: <c>beqz rs, target</c>.</param>
    /// <param name="expansion">The instruction, in which names of parameters stand for their arguments.</param>
    /// <param name="isPrinted">Whether the disassembler prefers this to the instruction itself.</param>
    internal PseudoInstruction(string syntax, string expansion, bool isPrinted)
    {
        (Name, var parameters) = Split(syntax);
        (var mnemonic, var operands) = Split(expansion);
        Syntax = syntax;
        Expansion = expansion;
        IsPrinted = isPrinted;
        Row = Mnemonics.TryFind(mnemonic, out var row)
            ? row
            : throw new InvalidOperationException($"'{expansion}' names no instruction.");
        Parameters = [.. parameters.Select(text => ParseOperand(text, isParameter: true, []))];
        var names = Parameters.SelectMany(p => p.ParameterNames).ToHashSet(StringComparer.Ordinal);
        Operands = [.. operands.Select(text => ParseOperand(text, isParameter: false, names))];
    }

    internal string Name { get; }

    /// <summary>Name and parameters as a person reads them.</summary>
    internal string Syntax { get; }

    /// <summary>The expansion as a person reads it.</summary>
    internal string Expansion { get; }

    internal bool IsPrinted { get; }

    internal IReadOnlyList<TemplateOperand> Parameters { get; }

    /// <summary>The instruction that it expands to.</summary>
    internal InstructionDescriptor Row { get; }

    /// <summary>The operands of <see cref="Row"/>.</summary>
    internal IReadOnlyList<TemplateOperand> Operands { get; }

    private static (string Name, string[] Operands) Split(string text)
    {
        var space = text.IndexOf(' ', StringComparison.Ordinal);
        return space < 0 ? (text, []) : (text[..space], text[space..].Split(',', StringSplitOptions.TrimEntries));
    }

    private static TemplateOperand ParseOperand(string text, bool isParameter, HashSet<string> names)
    {
        var open = text.IndexOf('(', StringComparison.Ordinal);
        if (open >= 0)
        {
            var offset = ParseOperand(text[..open], isParameter, names);
            var register = ParseOperand(text[(open + 1)..^1], isParameter, names);
            return new TemplateOperand(TemplateKind.Memory, text, 0, [offset, register]);
        }

        if (isParameter || names.Contains(text))
        {
            return new TemplateOperand(TemplateKind.Parameter, text, 0, []);
        }

        if (RegisterNames.TryParse(text, out var number))
        {
            return new TemplateOperand(TemplateKind.Register, text, number, []);
        }

        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number)
            ? new TemplateOperand(TemplateKind.Number, text, number, [])
            : new TemplateOperand(TemplateKind.Word, text, 0, []);
    }
}

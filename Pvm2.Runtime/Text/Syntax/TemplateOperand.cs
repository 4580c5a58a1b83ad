namespace Pvm2.Runtime.Text.Syntax;

/// <summary>An operand in the text of a <see cref="PseudoInstruction"/>.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">As it stands in the table: a parameter's name, for example.</param>
/// <param name="Value">The number of a fixed register, or a fixed number.</param>
/// <param name="Parts">Offset and base register of a memory operand.</param>
internal sealed record TemplateOperand(TemplateKind Kind, string Text, int Value, TemplateOperand[] Parts)
{
    /// <summary>The names of the parameters in it.</summary>
    internal IEnumerable<string> ParameterNames =>
        Kind == TemplateKind.Parameter ? [Text] : Parts.SelectMany(part => part.ParameterNames);

    /// <summary>Whether an argument for this parameter is a register; the others are numbers or labels.</summary>
    internal bool IsRegister => Text is "rd" or "rs" or "rt";
}

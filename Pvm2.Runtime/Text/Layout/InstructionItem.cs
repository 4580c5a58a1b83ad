using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Text.Parsing;

namespace Pvm2.Runtime.Text.Layout;

/// <summary>One instruction whose length does not depend on where others lie.</summary>
internal sealed class InstructionItem(InstructionText text) : CodeItem(text.Position)
{
    private Instruction? _settled;

    /// <summary>The operand of <c>%pcrel_hi</c>, if it has one.</summary>
    internal AddressPartExpression? UpperPart { get; } = text.Operands
        .OfType<ValueOperand>()
        .Select(operand => operand.Value)
        .OfType<AddressPartExpression>()
        .FirstOrDefault(part => part.Function == "pcrel_hi");

    internal override long Measure(CodeLayout layout, long offset)
    {
        if (_settled is { } known)
        {
            return known.Length;
        }

        if (text.Operands.Any(operand => DependsOnCode(layout, operand))
            || !layout.Builder.TryBuild(text, counter: 0, out var instruction))
        {
            return text.Row.Length;
        }

        _settled = text.MayCompress ? Compression.Shorten(instruction) : instruction;
        return _settled.Value.Length;
    }

    internal override void Emit(CodeEmitter emitter)
    {
        if (_settled is { } known)
        {
            emitter.Add(known);
        }
        else if (emitter.Builder.TryBuild(text, emitter.Counter, out var instruction))
        {
            emitter.Add(instruction);
        }
        else
        {
            emitter.AddZeros(text.Row.Length);
        }
    }

    private static bool DependsOnCode(CodeLayout layout, Operand operand) => operand switch
    {
        ValueOperand value => layout.Evaluator.DependsOnCode(value.Value),
        MemoryOperand memory => layout.Evaluator.DependsOnCode(memory.Offset),
        _ => false,
    };
}

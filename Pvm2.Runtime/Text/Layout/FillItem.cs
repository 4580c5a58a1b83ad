using Pvm2.Runtime.Text.Parsing;

namespace Pvm2.Runtime.Text.Layout;

/// <summary>The same byte a number of times.</summary>
internal sealed class FillItem(SourcePosition position, byte value, long count) : CodeItem(position)
{
    internal override bool IsInstruction => false;

    internal override long Measure(CodeLayout layout, long offset) => count;

    internal override void Emit(CodeEmitter emitter)
    {
        for (var i = 0L; i < count; i++)
        {
            emitter.AddNumber(value, 1);
        }
    }
}

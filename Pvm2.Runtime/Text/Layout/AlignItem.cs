using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Text.Parsing;

namespace Pvm2.Runtime.Text.Layout;

/// <summary>Instructions that do nothing, up to a multiple of a power of two.</summary>
internal sealed class AlignItem(SourcePosition position, long alignment) : CodeItem(position)
{
    private static readonly Instruction Nop = Encoder.Make(Opcode.Addi);

    internal override bool IsInstruction => false;

    internal override long Measure(CodeLayout layout, long offset) => -offset & (alignment - 1);

    internal override void Emit(CodeEmitter emitter)
    {
        var padding = -emitter.Offset & (alignment - 1);
        if ((padding & 1) != 0)
        {
            emitter.AddZeros(1);
        }

        if ((padding & 2) != 0)
        {
            emitter.Add(Compression.Shorten(Nop));
        }

        for (; padding >= 4; padding -= 4)
        {
            emitter.Add(Nop);
        }
    }
}

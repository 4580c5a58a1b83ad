using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Text.Parsing;

namespace Pvm2.Runtime.Text.Layout;

/// <summary>
/// Two instructions that reach an address: <c>lui</c> in the static profile and <c>auipc</c> in xjar, then one that
/// takes the lower 12 bits as its immediate. Always 8 bytes.
/// </summary>
/// <param name="position">Where the statement stands.</param>
/// <param name="second">The second instruction, its immediate left open.</param>
/// <param name="scratch">The register that holds the upper part in between.</param>
/// <param name="target">The address.</param>
internal sealed class AddressPairItem(SourcePosition position, Instruction second, int scratch, Expression target)
    : CodeItem(position)
{
    internal override long Measure(CodeLayout layout, long offset) => 8;

    internal override void Emit(CodeEmitter emitter)
    {
        var builder = emitter.Builder;
        if (!builder.Evaluator.TryEvaluateNumber(target, emitter.Counter, out var address))
        {
            emitter.AddZeros(8);
            return;
        }

        var isRelative = builder.Profile == Profile.Xjar;
        var number = isRelative ? address - emitter.Counter : address;
        if (!AddressParts.Reach(number) && (isRelative || number is < 0 or > uint.MaxValue))
        {
            builder.Diagnostics.Add(target.Position, $"0x{address:x} is beyond the reach of 32 bits.");
        }

        emitter.Add(Encoder.Make(
            isRelative ? Opcode.Auipc : Opcode.Lui, scratch, immediate: (int)(AddressParts.Upper(number) << 12)));
        emitter.Add(second with { Immediate = (int)AddressParts.Lower(number) });
    }
}

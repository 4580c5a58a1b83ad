using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Text.Parsing;

namespace Pvm2.Runtime.Text.Layout;

/// <summary><c>li</c>: the instructions that put a number into a register.</summary>
internal sealed class LoadConstantItem(
    SourcePosition position, int rd, Expression value, bool mayCompress, ConstantKind kind) : CodeItem(position)
{
    private const int PairLength = 8;

    private IReadOnlyList<Instruction>? _settled;

    internal override long Measure(CodeLayout layout, long offset)
    {
        if (_settled is null)
        {
            if (layout.Evaluator.DependsOnCode(value) || !layout.Evaluator.TryEvaluateNumber(value, 0, out var number))
            {
                return PairLength;
            }

            var sequence = kind == ConstantKind.Address && AddressParts.Reach(number)
                ? ConstantSequence.ForAddress(rd, number)
                : ConstantSequence.For(rd, number);
            _settled = mayCompress ? [.. sequence.Select(i => Compression.Shorten(i))] : sequence;
        }

        return _settled.Sum(instruction => (long)instruction.Length);
    }

    internal override void Emit(CodeEmitter emitter)
    {
        if (_settled is not null)
        {
            foreach (var instruction in _settled)
            {
                emitter.Add(instruction);
            }

            return;
        }

        // The number is only known now that its length is settled: the longest form for 32 bits has been kept free.
        if (!emitter.Builder.Evaluator.TryEvaluateNumber(value, emitter.Counter, out var number))
        {
            emitter.AddZeros(PairLength);
            return;
        }

        if (number is < int.MinValue or > int.MaxValue)
        {
            emitter.Builder.Diagnostics.Add(
                value.Position, $"{number} depends on places in code, and such a number must fit 32 bits.");
        }

        emitter.Add(Encoder.Make(Opcode.Lui, rd, immediate: (int)(AddressParts.Upper(number) << 12)));
        emitter.Add(Encoder.Make(Opcode.Addiw, rd, rd, immediate: (int)AddressParts.Lower(number)));
    }
}

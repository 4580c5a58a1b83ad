using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Text.Parsing;

namespace Pvm2.Runtime.Text.Layout;

/// <summary>
/// A branch or jump to a label, in the shortest form that reaches it: 2 bytes, 4 bytes, or for a branch the
/// opposite one over a <c>jal</c>. It starts short and only grows.
/// </summary>
internal sealed class BranchItem : CodeItem
{
    private readonly InstructionText _text;
    private readonly Expression _target;
    private Instruction _branch;
    private Form _form;

    /// <summary>Makes one.</summary>
    /// <param name="branch">The branch in its 4-byte form; its displacement does not matter.</param>
    /// <param name="text">As it was written.</param>
    /// <param name="target">Where it goes.</param>
    internal BranchItem(in Instruction branch, InstructionText text, Expression target)
        : base(text.Position)
    {
        _branch = branch;
        _text = text;
        _target = target;
        _form = CanBeShort(0) ? Form.Short : Form.Long;
    }

    private enum Form : byte
    {
        Short,
        Long,
        OverJump,
    }

    /// <summary>The branch that is taken where this one is not.</summary>
    private Instruction Opposite(int displacement)
    {
        var opcode = _branch.Opcode switch
        {
            Opcode.Beq => Opcode.Bne,
            Opcode.Bne => Opcode.Beq,
            Opcode.Blt => Opcode.Bge,
            Opcode.Bge => Opcode.Blt,
            Opcode.Bltu => Opcode.Bgeu,
            _ => Opcode.Bltu,
        };
        return Encoder.Make(opcode, 0, _branch.Rs1, _branch.Rs2, displacement);
    }

    internal override long Measure(CodeLayout layout, long offset)
    {
        if (layout.HasOffsets
            && layout.Evaluator.TryEvaluateDisplacement(_target, layout.CodeBase + offset, out var displacement))
        {
            Grow(displacement, isLabel: layout.Evaluator.DependsOnCode(_target));
        }

        return _form switch
        {
            Form.Short => 2,
            Form.Long => 4,
            _ => SkipJump().Length + 4,
        };
    }

    internal override void Emit(CodeEmitter emitter)
    {
        if (!emitter.Builder.Evaluator.TryEvaluateDisplacement(_target, emitter.Counter, out var displacement))
        {
            emitter.AddZeros(4);
            return;
        }

        if (_form == Form.OverJump)
        {
            var skip = SkipJump();
            emitter.Add(skip);
            AddLong(emitter, Encoder.Make(Opcode.Jal), displacement - skip.Length);
        }
        else if (_form == Form.Short && CanBeShort(displacement))
        {
            Encoder.TryCompress(_branch with { Immediate = (int)displacement }, out var compressed);
            emitter.Add(compressed);
        }
        else
        {
            AddLong(emitter, _branch, displacement);
        }
    }

    /// <summary>Takes a longer form where the displacement is beyond the reach of this one.</summary>
    private void Grow(long displacement, bool isLabel)
    {
        if (_form == Form.Short && !CanBeShort(displacement))
        {
            _form = Form.Long;
            if (isLabel)
            {
                // It keeps the operands of the 2-byte form, whose register comes first.
                Encoder.TryCompress(_branch with { Immediate = 0 }, out var compressed);
                _branch = _branch with { Rs1 = compressed.Rs1, Rs2 = compressed.Rs2 };
            }
        }

        // A number says what the branch itself is to hold, so nothing else can be put in its place.
        if (_form == Form.Long && isLabel && _branch.Opcode != Opcode.Jal && !Fits(displacement))
        {
            _form = Form.OverJump;
        }
    }

    private void AddLong(CodeEmitter emitter, Instruction jump, long displacement)
    {
        var reach = Syntax.OperandSyntax.Range(jump.Encoding.Format);
        if (reach.Contains(displacement))
        {
            emitter.Add(jump with { Immediate = (int)displacement });
            return;
        }

        emitter.Builder.Diagnostics.Add(
            _target.Position, $"The target of {_text.Name} is {displacement} bytes away, which is beyond its reach: {reach}.");
        emitter.AddZeros(4);
    }

    /// <summary>The opposite branch, over itself and a <c>jal</c>.</summary>
    private Instruction SkipJump()
    {
        var isShort = Compression.Shorten(Opposite(6)).Length == 2 && _text.MayCompress;
        return isShort ? Compression.Shorten(Opposite(6)) : Opposite(8);
    }

    private bool CanBeShort(long displacement) =>
        (_text.MayCompress || _text.Row.IsCompressed)
        && Fits(displacement)
        && Encoder.TryCompress(_branch with { Immediate = (int)displacement }, out _);

    private bool Fits(long displacement) => Syntax.OperandSyntax.Range(_branch.Encoding.Format).Contains(displacement);
}

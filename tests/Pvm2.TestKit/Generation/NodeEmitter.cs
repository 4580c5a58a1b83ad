using Pvm2.Runtime.Isa;

namespace Pvm2.TestKit.Generation;

/// <summary>Turns nodes into instructions. Everything that is jumped to follows a terminator.</summary>
/// <param name="builder">Where the instructions go.</param>
/// <param name="end">The label where <see cref="EscapeNode"/> goes.</param>
public sealed class NodeEmitter(CodeBuilder builder, int end)
{
    /// <summary>Emits nodes one after the other.</summary>
    public void Emit(IReadOnlyList<Node> nodes)
    {
        ArgumentNullException.ThrowIfNull(nodes);
        foreach (var node in nodes)
        {
            Emit(node);
        }
    }

    private void Emit(Node node)
    {
        switch (node)
        {
            case StepNode step:
                Emit(step.Instructions);
                break;
            case SkipNode skip:
                EmitSkip(skip);
                break;
            case LoopNode loop:
                EmitLoop(loop);
                break;
            case MarchNode march:
                EmitMarch(march);
                break;
            case JumpNode jump:
                EmitJump(jump);
                break;
            case CallNode call:
                EmitCall(call);
                break;
            case ChooseNode choose:
                EmitChoose(choose);
                break;
            case EscapeNode escape:
                builder.EmitTo(end, escape.Branch);
                break;
            default:
                throw new ArgumentException($"No such node: {node}.", nameof(node));
        }
    }

    private void Emit(IReadOnlyList<Instruction> instructions)
    {
        foreach (var instruction in instructions)
        {
            builder.Emit(instruction);
        }
    }

    private void EmitSkip(SkipNode skip)
    {
        var after = builder.NewLabel();
        builder.EmitTo(after, skip.Branch, skip.Compress);
        Emit(skip.Body);
        builder.EmitTo(after, skip.Close, skip.Compress);
        builder.Mark(after);
    }

    private void EmitLoop(LoopNode loop)
    {
        var head = builder.NewLabel();
        builder.Emit(Encoder.Make(Opcode.Addi, rd: loop.Counter, immediate: loop.Count), loop.Compress);
        builder.EmitTo(head, Encoder.Make(Opcode.Jal), loop.Compress);
        builder.Mark(head);
        Emit(loop.Body);
        builder.Emit(Encoder.Make(Opcode.Addi, loop.Counter, loop.Counter, immediate: -1), loop.Compress);
        builder.EmitTo(head, Encoder.Make(Opcode.Bne, rs1: loop.Counter), loop.Compress);
    }

    private void EmitMarch(MarchNode march)
    {
        var head = builder.NewLabel();
        Emit(march.Setup);
        builder.EmitTo(head, Encoder.Make(Opcode.Jal), march.Compress);
        builder.Mark(head);
        Emit(march.Before);
        builder.Emit(march.Access);
        Emit(march.After);
        Emit(march.Tail);
        builder.EmitTo(head, march.Branch, march.Compress);
    }

    private void EmitJump(JumpNode jump)
    {
        var after = builder.NewLabel();
        if (jump.Kind == JumpKind.Direct)
        {
            builder.EmitTo(after, Encoder.Make(Opcode.Jal, jump.Link), jump.Compress);
        }
        else
        {
            EmitIndirectJump(jump, after);
        }

        Emit(jump.Island);
        builder.EmitTo(after, Encoder.Make(Opcode.Jal), jump.Compress);
        builder.Mark(after);
    }

    private void EmitIndirectJump(JumpNode jump, int target)
    {
        var origin = builder.NewLabelHere();
        builder.Emit(Encoder.Make(Opcode.Auipc, jump.Scratch));
        if (jump.Kind == JumpKind.Indirect)
        {
            builder.EmitDistance(origin, target, jump.Low, Encoder.Make(Opcode.Jalr, jump.Link, jump.Scratch));
        }
        else
        {
            builder.EmitDistance(origin, target, jump.Low, Encoder.Make(Opcode.Addi, jump.Scratch, jump.Scratch));
            builder.Emit(Encoder.Make(Opcode.Jalr, jump.Link, jump.Scratch), jump.Compress);
        }
    }

    private void EmitCall(CallNode call)
    {
        var function = builder.NewLabel();
        var after = builder.NewLabel();
        builder.EmitTo(function, Encoder.Make(Opcode.Jal, call.Link));
        builder.EmitTo(after, Encoder.Make(Opcode.Jal), call.Compress);
        builder.Mark(function);
        Emit(call.Body);
        builder.Emit(Encoder.Make(Opcode.Jalr, rs1: call.Link), call.Compress);
        builder.Mark(after);
    }

    private void EmitChoose(ChooseNode choose)
    {
        var after = builder.NewLabel();
        var labels = choose.Bodies.Select(_ => builder.NewLabel()).ToArray();
        var table = builder.AddTable(labels);
        builder.Emit(Encoder.Make(Opcode.BrTable, rs1: choose.Index, immediate: table));
        builder.EmitTo(after, Encoder.Make(Opcode.Jal), compress: true);
        for (var i = 0; i < labels.Length; i++)
        {
            builder.Mark(labels[i]);
            Emit(choose.Bodies[i]);
            builder.EmitTo(after, Encoder.Make(Opcode.Jal), compress: true);
        }

        builder.Mark(after);
    }
}

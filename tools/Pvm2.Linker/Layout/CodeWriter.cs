using Pvm2.Linker.Lowering;
using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Programs;

namespace Pvm2.Linker.Layout;

/// <summary>Pass: encodes the code once everything has its place.</summary>
internal sealed class CodeWriter
{
    private readonly OutputCode _output;
    private readonly CodeLayout _layout;
    private readonly byte[] _bytes;
    private int _position;

    private CodeWriter(OutputCode output, CodeLayout layout)
    {
        _output = output;
        _layout = layout;
        _bytes = new byte[layout.CodeSize];
    }

    /// <summary>Encodes the code.</summary>
    public static byte[] Write(OutputCode output, CodeLayout layout)
    {
        var writer = new CodeWriter(output, layout);
        foreach (var i in layout.Order)
        {
            writer.Write(i);
        }

        return writer._bytes;
    }

    private void Write(int i)
    {
        ref readonly var item = ref _output.Instructions[i];
        switch (item.Fixup)
        {
            case Fixup.None when item.Size == 0:
                break;
            case Fixup.Branch:
                WriteBranch(item, _layout.DistanceOf(i));
                break;
            case Fixup.Jump:
                WriteJump(item, _layout.DistanceOf(i));
                break;
            case Fixup.CodeHigh:
                Emit(item.Instruction with { Immediate = AddressParts.High(CodeAddress(i)) });
                break;
            case Fixup.CodeLow:
                Emit(item.Instruction with { Immediate = AddressParts.Low(CodeAddress(i)) });
                break;
            default:
                Emit(item.Instruction);
                break;
        }
    }

    private void WriteBranch(in OutputInstruction item, int distance)
    {
        if (item.Size <= 4)
        {
            EmitSized(item.Instruction with { Immediate = distance }, item.Size);
            return;
        }

        Emit(item.Instruction with { Opcode = Opposite(item.Instruction.Opcode), Row = (byte)Opposite(item.Instruction.Opcode), Immediate = 8 });
        Emit(Encoder.Make(Opcode.Jal, immediate: distance - 4));
    }

    private void WriteJump(in OutputInstruction item, int distance)
    {
        var link = item.Instruction.Rd;
        if (item.Size <= 4)
        {
            EmitSized(Encoder.Make(Opcode.Jal, link, immediate: distance), item.Size);
            return;
        }

        var scratch = item.Instruction.Rs1;
        Emit(Encoder.Make(Opcode.Auipc, scratch, immediate: AddressParts.High(distance)));
        Emit(Encoder.Make(Opcode.Jalr, link, scratch, immediate: AddressParts.Low(distance)));
    }

    private int CodeAddress(int i) => (int)(AddressSpace.CodeBase + _layout.TargetOffsetOf(i));

    private void EmitSized(in Instruction instruction, int size)
    {
        var form = instruction;
        if (size == 2 && !Encoder.TryCompress(instruction, out form))
        {
            throw new InvalidOperationException($"The _layout chose a 2-byte form that {instruction} does not have.");
        }

        Emit(form);
    }

    private void Emit(in Instruction instruction)
    {
        var bits = Encoder.Encode(instruction);
        _position += Encoder.Write(bits, instruction.Length, _bytes.AsSpan(_position));
    }

    private static Opcode Opposite(Opcode branch) => branch switch
    {
        Opcode.Beq => Opcode.Bne,
        Opcode.Bne => Opcode.Beq,
        Opcode.Blt => Opcode.Bge,
        Opcode.Bge => Opcode.Blt,
        Opcode.Bltu => Opcode.Bgeu,
        Opcode.Bgeu => Opcode.Bltu,
        _ => throw new ArgumentOutOfRangeException(nameof(branch), branch, "Only branches have an opposite."),
    };
}

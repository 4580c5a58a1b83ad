using Pvm2.Runtime.Isa;

namespace Pvm2.Runtime.Text.Layout;

/// <summary>Decides where the assembler takes a 2-byte form.</summary>
internal static class Compression
{
    /// <summary>
    /// The 2-byte form of an instruction, or itself. Hints stay as they are, since their 2-byte neighbours may be
    /// other hints; <c>nop</c> alone becomes <c>c.nop</c>.
    /// </summary>
    internal static Instruction Shorten(in Instruction instruction)
    {
        var isHint = instruction is { Rd: 0, Operation.Gas.HasDestination: true }
            and not { Operation.Family: InstructionFamily.Jump }
            and not { Opcode: Opcode.Addi, Rs1: 0, Immediate: 0 };
        return !isHint && Encoder.TryCompress(instruction, out var compressed) ? compressed : instruction;
    }
}

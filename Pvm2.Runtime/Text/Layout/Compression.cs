using Pvm2.Runtime.Isa;

namespace Pvm2.Runtime.Text.Layout;

/// <summary>Decides where the assembler takes a 2-byte form.</summary>
internal static class Compression
{
    /// <summary>
    /// The 2-byte form of an instruction, or itself. What does nothing and would become a hint stays as it is, since
    /// a hint may mean something to a machine; <c>nop</c> alone becomes <c>c.nop</c>.
    /// </summary>
    internal static Instruction Shorten(in Instruction instruction) =>
        !BecomesHint(instruction) && Encoder.TryCompress(instruction, out var compressed) ? compressed : instruction;

    private static bool BecomesHint(in Instruction instruction) => instruction switch
    {
        { Opcode: Opcode.Addi, Rd: 0, Rs1: 0, Immediate: 0 } => false,
        { Opcode: Opcode.Slli or Opcode.Srli or Opcode.Srai, Immediate: 0 } => true,
        { Rd: 0, Operation.Family: InstructionFamily.Arithmetic } => true,
        _ => false,
    };
}

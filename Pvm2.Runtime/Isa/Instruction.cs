namespace Pvm2.Runtime.Isa;

/// <summary>
/// A decoded instruction, compressed ones expanded: operands that the format does not have are zero
/// (x0, immediate 0), so every reader may look at all of them.
/// </summary>
/// <param name="Opcode">What it does; <see cref="Opcode.Illegal"/> where the bytes are no instruction.</param>
/// <param name="Row">The row of <see cref="InstructionTable"/> that it was decoded by, or is to be encoded by.</param>
/// <param name="Length">Bytes that it takes in the code: 4 or 2; 1 to 3 also for what the end of the code cuts off.</param>
/// <param name="Rd">Destination register, 0 to 15.</param>
/// <param name="Rs1">First source register, 0 to 15.</param>
/// <param name="Rs2">Second source register, 0 to 15.</param>
/// <param name="Immediate">
/// The immediate, sign-extended where the format says so: offset, displacement in bytes, shift amount, selector,
/// table number, or for <c>lui</c> and <c>auipc</c> the 32-bit value with its low 12 bits zero.
/// </param>
public readonly record struct Instruction(
    Opcode Opcode,
    byte Row,
    byte Length,
    byte Rd,
    byte Rs1,
    byte Rs2,
    int Immediate)
{
    /// <summary>The row of <see cref="InstructionTable"/> that describes the encoding.</summary>
    public InstructionDescriptor Encoding => InstructionTable.Rows[Row];

    /// <summary>The row of <see cref="InstructionTable"/> that describes what the instruction does.</summary>
    public InstructionDescriptor Operation => InstructionTable.Rows[(int)Opcode];

    /// <summary>Whether the bytes are no legal instruction.</summary>
    public bool IsIllegal => Opcode == Opcode.Illegal;

    /// <summary>The illegal instruction of the given length in bytes.</summary>
    public static Instruction Illegal(int length) => new(Opcode.Illegal, 0, (byte)length, 0, 0, 0, 0);
}

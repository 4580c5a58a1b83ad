namespace Pvm2.Runtime.Isa;

/// <summary>
/// A decoded instruction, compressed ones expanded: operands that the format does not have are zero
/// (x0, immediate 0), so every reader may look at all of them. It fits a machine register.
/// </summary>
public readonly record struct Instruction
{
    // The low half: opcode in bits 0 to 6, length in 12 to 14, row in 24 to 31, and the registers where 4-byte
    // encodings have them, so that the decoder need not move them. The high half is the immediate.
    internal const int DestinationShift = 7;
    internal const int FirstSourceShift = 15;
    internal const int SecondSourceShift = 20;
    private const int LengthShift = 12;
    private const int RowShift = 24;
    private const int ImmediateShift = 32;
    private const ulong OpcodeMask = 0x7F;
    private const ulong LengthMask = 7;
    private const ulong RegisterMask = 15;

    /// <summary>Makes an instruction of its parts, which need not fit together.</summary>
    /// <param name="opcode">As in <see cref="Opcode"/>.</param>
    /// <param name="row">As in <see cref="Row"/>.</param>
    /// <param name="length">As in <see cref="Length"/>.</param>
    /// <param name="rd">As in <see cref="Rd"/>.</param>
    /// <param name="rs1">As in <see cref="Rs1"/>.</param>
    /// <param name="rs2">As in <see cref="Rs2"/>.</param>
    /// <param name="immediate">As in <see cref="Immediate"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// There is no such opcode, the length is above 4, or a register is above 15.
    /// </exception>
    public Instruction(Opcode opcode, byte row, byte length, byte rd, byte rs1, byte rs2, int immediate)
    {
        Opcode = opcode;
        Row = row;
        Length = length;
        Rd = rd;
        Rs1 = rs1;
        Rs2 = rs2;
        Immediate = immediate;
    }

    /// <summary>Makes an instruction of its packed form.</summary>
    internal Instruction(ulong bits) => Bits = bits;

    /// <summary>What it does; <see cref="Opcode.Illegal"/> where the bytes are no instruction.</summary>
    public Opcode Opcode
    {
        get => (Opcode)(Bits & OpcodeMask);
        init => Bits = Put(Bits, OpcodeMask, 0, (byte)value, (byte)Opcode.Fallthrough);
    }

    /// <summary>The row of <see cref="InstructionTable"/> that it was decoded by, or is to be encoded by.</summary>
    public byte Row
    {
        get => (byte)(Bits >> RowShift);
        init => Bits = Put(Bits, byte.MaxValue, RowShift, value, byte.MaxValue);
    }

    /// <summary>Bytes that it takes in the code: 4 or 2; 1 to 3 also for what the end of the code cuts off.</summary>
    public byte Length
    {
        get => (byte)((Bits >> LengthShift) & LengthMask);
        init => Bits = Put(Bits, LengthMask, LengthShift, value, 4);
    }

    /// <summary>Destination register, 0 to 15.</summary>
    public byte Rd
    {
        get => (byte)((Bits >> DestinationShift) & RegisterMask);
        init => Bits = Put(Bits, RegisterMask, DestinationShift, value, RegisterNames.Count - 1);
    }

    /// <summary>First source register, 0 to 15.</summary>
    public byte Rs1
    {
        get => (byte)((Bits >> FirstSourceShift) & RegisterMask);
        init => Bits = Put(Bits, RegisterMask, FirstSourceShift, value, RegisterNames.Count - 1);
    }

    /// <summary>Second source register, 0 to 15.</summary>
    public byte Rs2
    {
        get => (byte)((Bits >> SecondSourceShift) & RegisterMask);
        init => Bits = Put(Bits, RegisterMask, SecondSourceShift, value, RegisterNames.Count - 1);
    }

    /// <summary>
    /// The immediate, sign-extended where the format says so: offset, displacement in bytes, shift amount, selector,
    /// table number, or for <c>lui</c> and <c>auipc</c> the 32-bit value with its low 12 bits zero.
    /// </summary>
    public int Immediate
    {
        get => (int)(Bits >> ImmediateShift);
        init => Bits = (uint)Bits | ((ulong)(uint)value << ImmediateShift);
    }

    /// <summary>The family of <see cref="Opcode"/>.</summary>
    public InstructionFamily Family => OpcodeTable.Families[(int)Opcode];

    /// <summary>Properties of <see cref="Opcode"/>.</summary>
    public InstructionTraits Traits => OpcodeTable.Traits[(int)Opcode];

    /// <summary>The row of <see cref="InstructionTable"/> that describes the encoding.</summary>
    public InstructionDescriptor Encoding => InstructionTable.Rows[Row];

    /// <summary>The row of <see cref="InstructionTable"/> that describes what the instruction does.</summary>
    public InstructionDescriptor Operation => InstructionTable.Rows[(int)Opcode];

    /// <summary>Whether the bytes are no legal instruction.</summary>
    public bool IsIllegal => Opcode == Opcode.Illegal;

    /// <summary>The packed form.</summary>
    internal ulong Bits { get; private init; }

    /// <summary>The illegal instruction of the given length in bytes.</summary>
    public static Instruction Illegal(int length) => new(Opcode.Illegal, 0, (byte)length, 0, 0, 0, 0);

    private static ulong Put(ulong bits, ulong mask, int shift, byte value, byte limit) => value <= limit
        ? (bits & ~(mask << shift)) | ((ulong)value << shift)
        : throw new ArgumentOutOfRangeException(nameof(value), value, $"At most {limit} can be packed here.");
}

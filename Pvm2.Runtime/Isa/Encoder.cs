namespace Pvm2.Runtime.Isa;

/// <summary>Writes instructions as bytes; driven by <see cref="InstructionTable"/> like the decoder.</summary>
public static class Encoder
{
    private static readonly byte[][] CompressedRowsByOpcode = GroupCompressedRows();

    /// <summary>Encodes an instruction by the row that it names.</summary>
    /// <param name="instruction">Opcode, row and operands; the length is taken from the row.</param>
    /// <param name="bits">The encoding; a 2-byte one in the low half. Zero if it does not fit.</param>
    /// <returns>Whether the operands fit the row's fields and constraints.</returns>
    public static bool TryEncode(in Instruction instruction, out uint bits)
    {
        var row = instruction.Encoding;
        var candidate = row.Match | (OperandPlacer.Place(row.Format, instruction) & ~row.Mask);
        var found = row.IsCompressed ? DecodeIndex.FindHalfword((ushort)candidate) : DecodeIndex.FindWord(candidate);
        var expected = new OperandFields(instruction.Rd, instruction.Rs1, instruction.Rs2, instruction.Immediate);
        var fits = row.Row != 0
            && found.Row == row.Row
            && OperandFields.Extract(row.Format, candidate) == expected;
        bits = fits ? candidate : 0;
        return fits;
    }

    /// <summary>Makes an instruction in its 4-byte form.</summary>
    /// <param name="opcode">What it does; not <see cref="Opcode.Illegal"/>.</param>
    /// <param name="rd">Destination register, or 0 where there is none.</param>
    /// <param name="rs1">First source register, or 0.</param>
    /// <param name="rs2">Second source register, or 0.</param>
    /// <param name="immediate">As in <see cref="Instruction.Immediate"/>.</param>
    public static Instruction Make(Opcode opcode, int rd = 0, int rs1 = 0, int rs2 = 0, int immediate = 0) =>
        new(opcode, (byte)opcode, 4, (byte)rd, (byte)rs1, (byte)rs2, immediate);

    /// <summary>Encodes a 4-byte instruction whose operands the caller has made fit.</summary>
    /// <exception cref="ArgumentException">An operand does not fit.</exception>
    public static uint Encode(in Instruction instruction) => TryEncode(instruction, out var bits)
        ? bits
        : throw new ArgumentException($"Operands do not fit {instruction}.", nameof(instruction));

    /// <summary>
    /// Finds the 2-byte form of an instruction: the same operation on the same operands. A register move
    /// (<c>addi rd, rs, 0</c>) becomes <c>c.mv</c>, <c>addiw rd, x0, imm</c> becomes <c>c.li</c>, and commutative
    /// instructions may swap their sources.
    /// </summary>
    /// <param name="instruction">An instruction in either form.</param>
    /// <param name="compressed">The 2-byte form; what was given if there is none.</param>
    /// <returns>Whether there is one.</returns>
    public static bool TryCompress(in Instruction instruction, out Instruction compressed)
    {
        var canonical = Canonical(instruction);
        foreach (var row in CompressedRowsByOpcode[(int)canonical.Opcode])
        {
            var candidate = canonical with { Row = row, Length = 2 };
            if (TryEncode(candidate, out _))
            {
                compressed = candidate;
                return true;
            }
        }

        compressed = instruction;
        return false;
    }

    /// <summary>Writes an encoding, little-endian, at the start of a span that has room for it.</summary>
    /// <returns>The number of bytes written: 2 or 4.</returns>
    public static int Write(uint bits, int length, Span<byte> destination)
    {
        for (var i = 0; i < length; i++)
        {
            destination[i] = (byte)(bits >> (8 * i));
        }

        return length;
    }

    /// <summary>Rewrites an instruction as the expansion that a compressed row may have, its meaning unchanged.</summary>
    private static Instruction Canonical(in Instruction i) => i switch
    {
        // c.mv is an add to x0, the assembler's mv an addi of 0. Hints, with x0 as destination, stay what they are.
        { Opcode: Opcode.Addi, Immediate: 0, Rd: not 0, Rs1: not 0 } =>
            i with { Opcode = Opcode.Add, Row = (byte)Opcode.Add, Rs1 = 0, Rs2 = i.Rs1 },
        { Opcode: Opcode.Add, Rs1: not 0, Rs2: 0 } => SwapSources(i),

        // An immediate of 12 bits is the same number in 32 and in 64 bits.
        { Opcode: Opcode.Addiw, Rs1: 0, Rd: not 0 } => i with { Opcode = Opcode.Addi, Row = (byte)Opcode.Addi },
        { Opcode: Opcode.Add, Rs1: not 0 } or { Opcode: Opcode.And or Opcode.Or or Opcode.Xor or Opcode.Addw }
            when i.Rd == i.Rs2 && i.Rd != i.Rs1 => SwapSources(i),
        { Opcode: Opcode.Beq or Opcode.Bne, Rs1: 0, Rs2: not 0 } => SwapSources(i),
        _ => i,
    };

    private static Instruction SwapSources(in Instruction i) => i with { Rs1 = i.Rs2, Rs2 = i.Rs1 };

    private static byte[][] GroupCompressedRows()
    {
        var groups = new byte[InstructionTable.BaseRows.Length + 1][];
        for (var opcode = 0; opcode < groups.Length; opcode++)
        {
            var rows = new List<byte>();
            foreach (var row in InstructionTable.CompressedRows)
            {
                if ((int)row.Opcode == opcode)
                {
                    rows.Add(row.Row);
                }
            }

            groups[opcode] = [.. rows];
        }

        return groups;
    }
}

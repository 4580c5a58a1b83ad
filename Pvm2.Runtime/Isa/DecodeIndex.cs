namespace Pvm2.Runtime.Isa;

/// <summary>
/// Finds the row of an encoding in constant time; built once from <see cref="InstructionTable"/>.
/// </summary>
/// <remarks>
/// A 4-byte encoding is looked up by major opcode, funct3 and funct7 (15 bits); the few that share these with
/// others (clz and ctz differ in the rs2 field) are chained. A 2-byte encoding is its own index, operand
/// constraints and overlaps already settled, so that decoding it tests nothing more.
/// </remarks>
internal static class DecodeIndex
{
    private static readonly byte[] FirstWordRow = new byte[1 << 15];
    private static readonly byte[] NextWordRow = new byte[InstructionTable.Rows.Length];
    private static readonly byte[] HalfwordRow = new byte[1 << 16];

    static DecodeIndex()
    {
        // Walking backwards lets the row that stands first in the table win.
        for (var row = InstructionTable.BaseRows.Length; row >= 1; row--)
        {
            IndexWord(InstructionTable.Rows[row]);
        }

        for (var row = InstructionTable.CompressedRows.Length - 1; row >= 0; row--)
        {
            IndexHalfword(InstructionTable.CompressedRows[row]);
        }
    }

    /// <summary>The row of a 4-byte encoding, or the illegal row.</summary>
    internal static InstructionDescriptor FindWord(uint word)
    {
        var rows = InstructionTable.Rows;
        for (var row = FirstWordRow[Key(word)]; row != 0; row = NextWordRow[row])
        {
            var candidate = rows[row];
            if ((word & candidate.Mask) == candidate.Match)
            {
                return candidate;
            }
        }

        return rows[0];
    }

    /// <summary>The row of a 2-byte encoding, or the illegal row.</summary>
    internal static InstructionDescriptor FindHalfword(ushort halfword) => InstructionTable.Rows[HalfwordRow[halfword]];

    private static int Key(uint word) => (int)(((word >> 2) & 0x1F) | ((word >> 7) & 0xE0) | ((word >> 17) & 0x7F00));

    private static void IndexWord(InstructionDescriptor descriptor)
    {
        const uint KeyBits = 0xFE00_707C;
        var open = KeyBits & ~descriptor.Mask;
        var subset = 0u;
        do
        {
            ref var head = ref FirstWordRow[Key((descriptor.Match & KeyBits) | subset)];
            ref var next = ref NextWordRow[descriptor.Row];
            if (next != 0 && next != head)
            {
                throw new InvalidOperationException($"'{descriptor}' shares its keys with more than one chain of rows.");
            }

            next = head;
            head = descriptor.Row;
            subset = (subset - open) & open;
        }
        while (subset != 0);
    }

    private static void IndexHalfword(InstructionDescriptor descriptor)
    {
        var open = 0xFFFF & ~descriptor.Mask;
        var subset = 0u;
        do
        {
            var halfword = descriptor.Match | subset;
            HalfwordRow[halfword] = IsReserved(descriptor, (ushort)halfword) ? (byte)0 : descriptor.Row;
            subset = (subset - open) & open;
        }
        while (subset != 0);
    }

    private static bool IsReserved(InstructionDescriptor descriptor, ushort halfword)
    {
        var fields = OperandFields.Extract(descriptor.Format, halfword);
        return descriptor.Constraint switch
        {
            OperandConstraint.NonZeroImmediate => fields.Immediate == 0,
            OperandConstraint.NonZeroDestination => fields.Rd == 0,
            OperandConstraint.NonZeroSource => fields.Rs1 == 0,
            _ => false,
        };
    }
}

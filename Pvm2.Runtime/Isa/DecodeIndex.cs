namespace Pvm2.Runtime.Isa;

/// <summary>Finds the row of an encoding: searched for when it is first met, and then remembered.</summary>
/// <remarks>
/// A 4-byte encoding is looked up by major opcode, funct3 and funct7 (15 bits), which is enough for all but a few
/// (clz and ctz differ in the rs2 field). A 2-byte encoding is its own index, operand constraints and overlaps
/// already settled. Any thread may fill in what is missing, since all write the same values.
/// </remarks>
internal static class DecodeIndex
{
    /// <summary>
    /// The first row that a key may belong to; 0 where nobody has asked yet, <see cref="NoRow"/> where there is none.
    /// </summary>
    internal static readonly byte[] FirstWordRow = new byte[1 << 15];

    private const byte NoRow = byte.MaxValue;
    private const uint KeyBits = 0xFE00_707C;

    private static readonly byte[] HalfwordRow = new byte[1 << 16];

    /// <summary>The index of a 4-byte encoding in <see cref="FirstWordRow"/>.</summary>
    internal static int Key(uint word) => (int)(((word >> 2) & 0x1F) | ((word >> 7) & 0xE0) | ((word >> 17) & 0x7F00));

    /// <summary>The row of a 4-byte encoding, or the illegal row.</summary>
    internal static InstructionDescriptor FindWord(uint word)
    {
        ref var first = ref FirstWordRow[Key(word)];
        if (first == 0)
        {
            first = SearchByKey(word);
        }

        for (var row = (int)first; row <= InstructionTable.BaseRows.Length; row++)
        {
            var candidate = InstructionTable.Rows[row];
            if ((word & candidate.Mask) == candidate.Match)
            {
                return candidate;
            }
        }

        return InstructionTable.Rows[0];
    }

    /// <summary>The row of a 2-byte encoding, or the illegal row.</summary>
    internal static InstructionDescriptor FindHalfword(ushort halfword)
    {
        ref var row = ref HalfwordRow[halfword];
        if (row == 0)
        {
            row = SearchHalfword(halfword);
        }

        return InstructionTable.Rows[row == NoRow ? 0 : row];
    }

    private static byte SearchByKey(uint word)
    {
        foreach (var row in InstructionTable.BaseRows)
        {
            if (((word ^ row.Match) & row.Mask & KeyBits) == 0)
            {
                return row.Row;
            }
        }

        return NoRow;
    }

    private static byte SearchHalfword(ushort halfword)
    {
        foreach (var row in InstructionTable.CompressedRows)
        {
            if ((halfword & row.Mask) == row.Match)
            {
                return IsReserved(row, halfword) ? NoRow : row.Row;
            }
        }

        return NoRow;
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

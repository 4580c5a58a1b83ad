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

    /// <summary>The next row that some key may belong to as well; 0 where there is none.</summary>
    private static readonly byte[] NextWordRow = new byte[InstructionTable.Rows.Length];

    private static readonly byte[] HalfwordRow = new byte[1 << 16];

    /// <summary>The index of a 4-byte encoding in <see cref="FirstWordRow"/>.</summary>
    internal static int Key(uint word) => (int)(((word >> 2) & 0x1F) | ((word >> 7) & 0xE0) | ((word >> 17) & 0x7F00));

    /// <summary>The row of a 4-byte encoding, or the illegal row.</summary>
    internal static InstructionDescriptor FindWord(uint word)
    {
        var first = Volatile.Read(ref FirstWordRow[Key(word)]);
        if (first == 0)
        {
            first = IndexWord(word);
        }

        var rows = InstructionTable.Rows;
        for (var row = first == NoRow ? 0 : first; row != 0; row = NextWordRow[row])
        {
            if ((word & rows[row].Mask) == rows[row].Match)
            {
                return rows[row];
            }
        }

        return rows[0];
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

    /// <summary>Chains the rows that the key of an encoding may belong to, and then tells others of the first.</summary>
    private static byte IndexWord(uint word)
    {
        var first = NoRow;
        byte last = 0;
        foreach (var row in InstructionTable.BaseRows)
        {
            if (((word ^ row.Match) & row.Mask & KeyBits) != 0)
            {
                continue;
            }

            if (last == 0)
            {
                first = row.Row;
            }
            else if (NextWordRow[last] is 0 || NextWordRow[last] == row.Row)
            {
                NextWordRow[last] = row.Row;
            }
            else
            {
                throw new InvalidOperationException($"'{row}' shares its keys with more than one chain of rows.");
            }

            last = row.Row;
        }

        Volatile.Write(ref FirstWordRow[Key(word)], first);
        return first;
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

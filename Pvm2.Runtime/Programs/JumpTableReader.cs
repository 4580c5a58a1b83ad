using System.Diagnostics.CodeAnalysis;

namespace Pvm2.Runtime.Programs;

/// <summary>Reads the jump tables of a container.</summary>
internal static class JumpTableReader
{
    internal static bool TryRead(ContainerInput input, [NotNullWhen(true)] out JumpTables? tables)
    {
        input.Section = ProgramSection.JumpTables;
        tables = null;
        if (!input.TryReadCount("the number of jump tables", 1, out var count))
        {
            return false;
        }

        if (count == 0)
        {
            tables = JumpTables.None;
            return true;
        }

        var boundaries = new uint[count + 1];
        for (var table = 0; table < count; table++)
        {
            // Each boundary is at most what the file has room for, so that the sum of two cannot overflow.
            var start = input.Position;
            if (!input.TryReadCount("the length of a jump table", 1, out var length))
            {
                return false;
            }

            boundaries[table + 1] = boundaries[table] + (uint)length;
            if (boundaries[table + 1] > (uint)input.Remaining)
            {
                return input.Fail(start, $"{boundaries[table + 1]} entries are more than the rest of the file has room for");
            }
        }

        if (!TryReadEntries(input, boundaries[count], out var entries))
        {
            return false;
        }

        tables = new JumpTables(boundaries, entries);
        return true;
    }

    private static bool TryReadEntries(ContainerInput input, uint count, [NotNullWhen(true)] out uint[]? entries)
    {
        entries = null;
        var read = new uint[count];
        var position = 0L;
        for (var i = 0; i < read.Length; i++)
        {
            var start = input.Position;
            if (!input.TryReadNumber("a jump table entry", uint.MaxValue, out var number))
            {
                return false;
            }

            position += (long)(number >> 1) ^ -(long)(number & 1);
            if (position is < 0 or > int.MaxValue)
            {
                return input.Fail(start, "a jump table entry is not an offset of 32 bits");
            }

            read[i] = (uint)position << 1;
        }

        entries = read;
        return true;
    }
}

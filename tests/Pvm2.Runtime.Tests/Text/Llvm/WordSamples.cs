using Pvm2.Runtime.Isa;

namespace Pvm2.Runtime.Tests.Text.Llvm;

/// <summary>Seeded samples of 4-byte encodings.</summary>
internal static class WordSamples
{
    /// <summary>The same number of words of every row, whose operands are random, small registers half of the time.</summary>
    internal static List<uint> OfRows(int count, int seed)
    {
        var random = new Random(seed);
        var words = new List<uint>();
        foreach (var row in InstructionTable.BaseRows)
        {
            for (var i = 0; i < count; i++)
            {
                // Bit 4 of a register number is in bits 11, 19 and 24: without it RV64E has all of them.
                var operands = (uint)random.NextInt64() & (random.Next(4) == 0 ? uint.MaxValue : ~0x0008_0800u);
                operands &= row.Format is OperandFormat.Register or OperandFormat.Store or OperandFormat.Branch ? ~0x0100_0000u : uint.MaxValue;
                words.Add(row.Match | (operands & ~row.Mask));
            }
        }

        return words;
    }

    /// <summary>
    /// The same number of words of every row with few registers and small immediates: many have 2-byte forms.
    /// </summary>
    internal static List<uint> Small(int count, int seed)
    {
        var random = new Random(seed);
        uint[] registers = [0, 1, 2, 8, 9, 15];
        var words = new List<uint>();
        foreach (var row in InstructionTable.BaseRows)
        {
            for (var i = 0; i < count; i++)
            {
                var rd = registers[random.Next(registers.Length)];
                var rs1 = random.Next(2) == 0 ? rd : registers[random.Next(registers.Length)];
                var rs2 = registers[random.Next(registers.Length)];
                var upper = random.Next(3) switch { 0 => 0u, 1 => 0x7Fu, _ => (uint)random.Next(4) };
                var operands = (rd << 7) | ((uint)random.Next(8) << 12) | (rs1 << 15) | (rs2 << 20) | (upper << 25);
                words.Add(row.Match | (operands & ~row.Mask));
            }
        }

        return words;
    }

    /// <summary>Words of 32 bits that are 4-byte encodings and otherwise random.</summary>
    internal static List<uint> Any(int count, int seed)
    {
        var random = new Random(seed);
        var words = new List<uint>();
        while (words.Count < count)
        {
            var word = (uint)random.NextInt64() | 3;
            if ((word & 0x1F) != 0x1F)
            {
                words.Add(word);
            }
        }

        return words;
    }
}

using System.Globalization;
using System.Numerics;
using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Text;
using Pvm2.TestKit;
using Xunit;
using Xunit.Abstractions;

namespace Pvm2.Runtime.Tests.Text.Llvm;

/// <summary>The sequences for <c>li</c>, ours and LLVM's.</summary>
public sealed class ConstantComparisonTests(ITestOutputHelper output)
{
    /// <summary>The longest sequence is eight instructions.</summary>
    private const int Slot = 32;

    [ToolFact(LlvmTools.Assembler)]
    public void Constants_are_loaded_by_the_same_instructions()
    {
        var constants = Constants().Distinct().ToList();
        var source = new System.Text.StringBuilder(".option norvc\n");
        foreach (var constant in constants)
        {
            source.Append(CultureInfo.InvariantCulture, $"li a0, {constant}\n.balign {Slot}\n");
        }

        var theirs = LlvmTools.Assemble(source.ToString(), compress: false);
        var ours = Assembly.Program(source.ToString(), Profile.Xjar, compress: false).Code.ToArray();
        var differences = new List<string>();
        for (var i = 0; i < constants.Count; i++)
        {
            var theirList = Sequence(theirs, i);
            var ourList = Sequence(ours, i);
            if (!theirList.SequenceEqual(ourList))
            {
                differences.Add($"0x{constants[i]:x}: LLVM {Show(theirList)}; we {Show(ourList)}");
            }
        }

        output.WriteLine($"{constants.Count} constants");
        Assert.True(differences.Count == 0, $"{differences.Count} differ:\n{string.Join('\n', differences.Take(60))}");
    }

    private static IEnumerable<long> Constants()
    {
        var random = new Random(10);
        for (var bit = 0; bit < 64; bit++)
        {
            foreach (var near in (long[])[-0x801, -0x800, -2, -1, 0, 1, 2, 0x7FF, 0x800, 0xFFF])
            {
                yield return unchecked((1L << bit) + near);
                yield return unchecked(-(1L << bit) + near);
                yield return unchecked(((1L << bit) + near) << random.Next(64));
            }

            for (var other = 0; other < bit; other++)
            {
                yield return (1L << bit) | (1L << other);
                yield return (1L << bit) - (1L << other);
                yield return ~((1L << bit) | (1L << other));
                yield return ~((1L << bit) - (1L << other));
            }
        }

        for (var i = 0; i < 20_000; i++)
        {
            // Random numbers of every width, with runs of zeros and ones in them.
            var number = random.NextInt64(long.MinValue, long.MaxValue) >> random.Next(64);
            yield return number;
            yield return number << random.Next(64);
            yield return (long)((ulong)number >> random.Next(64));
            yield return unchecked(((number & 0xFFF) << random.Next(64)) + random.Next(-4096, 4096));
            yield return unchecked((random.Next() * (long)random.Next(2, 10)) + random.Next(-2048, 2048));
            yield return (long)BitOperations.RotateLeft((ulong)(number >> 52), random.Next(64));
        }
    }

    private static List<Instruction> Sequence(byte[] code, int index)
    {
        var instructions = new List<Instruction>();
        for (var offset = index * Slot; offset < Math.Min(code.Length, (index + 1) * Slot); offset += 4)
        {
            var instruction = Decoder.Decode(code, offset, Profile.Xjar);
            if (instruction.Rd == 0)
            {
                break;
            }

            instructions.Add(instruction);
        }

        return instructions;
    }

    private static string Show(List<Instruction> sequence) => string.Join(", ", sequence.Select(i => Disassembler.Format(i)));
}

using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Text;
using Pvm2.TestKit;
using Xunit;
using Xunit.Abstractions;

namespace Pvm2.Runtime.Tests.Text.Llvm;

/// <summary>What we write and assemble, against what LLVM makes of the same text.</summary>
public sealed class AssemblyComparisonTests(ITestOutputHelper output)
{
    private static readonly DisassemblyOptions Raw = new() { UseAliases = false };

    private static readonly DisassemblyOptions Aliases = new();

    [ToolFact(LlvmTools.Assembler)]
    public void Every_2_byte_instruction_reads_as_the_bytes_that_it_was_written_from()
    {
        var instructions = new List<Instruction>();
        var expected = new List<byte>();
        for (var value = 0u; value <= ushort.MaxValue; value++)
        {
            var instruction = Decoder.DecodeHalfword((ushort)value, Profile.Xjar);
            if ((value & 3) != 3 && !instruction.IsIllegal)
            {
                instructions.Add(instruction);
                expected.AddRange([(byte)value, (byte)(value >> 8)]);
            }
        }

        foreach (var options in (DisassemblyOptions[])[Raw, Aliases])
        {
            var texts = instructions.Select(i => Disassembler.Format(i, options)).ToList();
            AssertSame(texts, [.. expected], LlvmTools.Assemble(Join(texts.Select(LlvmSyntax.ToLlvm)), compress: true), "LLVM");
            AssertSame(texts, [.. expected], AssembleByUs(texts, compress: false), "our assembler");
        }

        output.WriteLine($"{instructions.Count} instructions");
    }

    [ToolFact(LlvmTools.Assembler)]
    public void Words_read_as_the_bytes_that_they_were_written_from()
    {
        var (instructions, expected) = Select(WordSamples.OfRows(2000, seed: 6));
        foreach (var options in (DisassemblyOptions[])[Raw, Aliases])
        {
            var texts = instructions.Select(i => Disassembler.Format(i, options)).ToList();
            AssertSame(texts, expected, LlvmTools.Assemble(Join(texts.Select(LlvmSyntax.ToLlvm)), compress: false), "LLVM");
            AssertSame(texts, expected, AssembleByUs(texts, compress: false), "our assembler");
        }

        output.WriteLine($"{instructions.Count} instructions");
    }

    [ToolFact(LlvmTools.Assembler)]
    public void The_same_instructions_are_compressed()
    {
        var (instructions, _) = Select(WordSamples.OfRows(1000, seed: 7));
        var (small, _) = Select(WordSamples.Small(2000, seed: 8));
        var texts = instructions.Concat(small).Select(i => Disassembler.Format(i, Raw)).ToList();
        var ours = AssembleByUs(texts, compress: true);
        AssertSame(texts, LlvmTools.Assemble(Join(texts.Select(LlvmSyntax.ToLlvm)), compress: true), ours, "our assembler");
        output.WriteLine($"{texts.Count} instructions, {ours.Length} bytes, {ours.Length * 25 / texts.Count} % of their size");
    }

    /// <summary>The instructions among sampled words that LLVM knows too, and their bytes.</summary>
    private static (List<Instruction> Instructions, byte[] Code) Select(List<uint> words)
    {
        var instructions = new List<Instruction>();
        var code = new List<byte>();
        foreach (var word in words)
        {
            var instruction = Decoder.DecodeWord(word, Profile.Xjar);
            if (!instruction.IsIllegal
                && LlvmSyntax.CanAssemble(instruction)
                && Encoder.TryEncode(instruction, out var bits) && bits == word)
            {
                instructions.Add(instruction);
                code.AddRange([(byte)word, (byte)(word >> 8), (byte)(word >> 16), (byte)(word >> 24)]);
            }
        }

        return (instructions, [.. code]);
    }

    private static string Join(IEnumerable<string> lines) => string.Join('\n', lines) + '\n';

    private static byte[] AssembleByUs(List<string> texts, bool compress) =>
        Assembly.Program(Join(texts), Profile.Xjar, compress).Code.ToArray();

    /// <summary>Compares code instruction by instruction, so that a difference names its line.</summary>
    private static void AssertSame(List<string> texts, byte[] expected, byte[] actual, string who)
    {
        var differences = new List<string>();
        var (x, y) = (0, 0);
        for (var i = 0; i < texts.Count && differences.Count < 30; i++)
        {
            var (xLength, yLength) = (Decoder.LengthOf(expected[x]), Decoder.LengthOf(actual[y]));
            var want = expected.AsSpan(x, xLength);
            var have = actual.AsSpan(y, yLength);
            if (!want.SequenceEqual(have))
            {
                differences.Add($"'{texts[i]}': expected {Convert.ToHexStringLower(want)}, {who} has {Convert.ToHexStringLower(have)}");
            }

            x += xLength;
            y += yLength;
        }

        Assert.True(differences.Count == 0, string.Join('\n', differences));
        Assert.Equal(expected.Length, x);
        Assert.Equal(actual.Length, y);
    }
}

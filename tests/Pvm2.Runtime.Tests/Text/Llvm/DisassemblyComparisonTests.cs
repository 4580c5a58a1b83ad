using System.Buffers.Binary;
using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Text;
using Pvm2.TestKit;
using Xunit;
using Xunit.Abstractions;

namespace Pvm2.Runtime.Tests.Text.Llvm;

/// <summary>What we decode and write, against what LLVM decodes and writes.</summary>
public sealed class DisassemblyComparisonTests(ITestOutputHelper output)
{
    /// <summary>So that no branch of the samples goes below zero.</summary>
    private const uint Address = 0x1000_0000;

    private static readonly DisassemblyOptions Raw = new() { UseAliases = false };

    [ToolFact(LlvmTools.Disassembler)]
    public void Every_2_byte_encoding_is_what_llvm_says()
    {
        var encodings = Enumerable.Range(0, 1 << 16).Where(value => (value & 3) != 3).Select(value => (uint)value).ToList();
        Assert.Equal(49_152, encodings.Count);
        Compare(encodings, 2);
    }

    [ToolFact(LlvmTools.Disassembler)]
    public void The_other_halfwords_begin_what_llvm_says()
    {
        // With a 0 and with a random halfword after them; what is longer than 32 bits LLVM reads on for.
        var random = new Random(3);
        var encodings = Enumerable.Range(0, 1 << 16)
            .Where(value => (value & 3) == 3 && (value & 0x1F) != 0x1F)
            .SelectMany(value => (uint[])[(uint)value, (uint)value | ((uint)random.Next(1 << 16) << 16)])
            .ToList();
        Compare(encodings, 4);
    }

    [ToolFact(LlvmTools.Disassembler)]
    public void Random_words_of_every_row_are_what_llvm_says() => Compare(WordSamples.OfRows(2000, seed: 4), 4);

    [ToolFact(LlvmTools.Disassembler)]
    public void Random_words_are_what_llvm_says() => Compare(WordSamples.Any(200_000, seed: 5), 4);

    [Fact]
    public void What_is_longer_than_32_bits_is_illegal()
    {
        for (var value = 0x1F; value <= ushort.MaxValue; value += 0x20)
        {
            Assert.True(Decoder.DecodeWord((uint)value, Profile.Xjar).IsIllegal);
            Assert.True(Decoder.DecodeWord((uint)value | 0x0013_0000, Profile.Static).IsIllegal);
        }
    }

    private void Compare(List<uint> encodings, int length)
    {
        var code = new byte[encodings.Count * length];
        Span<byte> bytes = stackalloc byte[4];
        for (var i = 0; i < encodings.Count; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes, encodings[i]);
            bytes[..length].CopyTo(code.AsSpan(i * length));
        }

        var theirs = LlvmTools.Disassemble(code, Address);
        Assert.Equal(encodings.Count, theirs.Count);

        var legal = 0;
        var differences = new List<string>();
        for (var i = 0; i < encodings.Count; i++)
        {
            var address = Address + (uint)(i * length);
            var instruction = Decoder.Decode(code, i * length, Profile.Xjar);
            legal += instruction.IsIllegal ? 0 : 1;
            var expected = LlvmSyntax.Normalise(theirs[address], encodings[i], instruction);
            var ours = instruction.IsIllegal ? LlvmSyntax.Unknown : Disassembler.Format(instruction, address, Raw);
            if (expected.Length != 0 && expected != ours)
            {
                differences.Add($"{encodings[i]:x8}: LLVM '{theirs[address]}', we '{ours}'");
            }
        }

        output.WriteLine($"{encodings.Count} encodings, {legal} legal in xjar");
        Assert.True(differences.Count == 0, $"{differences.Count} differ:\n{string.Join('\n', differences.Take(40))}");
        Assert.InRange(legal, 1, encodings.Count);
    }
}

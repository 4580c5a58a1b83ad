using Pvm2.Runtime.Isa;
using Xunit;

namespace Pvm2.Runtime.Tests.Isa;

public sealed class EncodingTests
{
    [Fact]
    public void Every_legal_halfword_encodes_back_to_itself()
    {
        var legal = 0;
        for (var value = 0; value <= ushort.MaxValue; value++)
        {
            if ((value & 3) == 3)
            {
                continue;
            }

            var instruction = Decoder.DecodeHalfword((ushort)value, Profile.Xjar);
            if (instruction.IsIllegal)
            {
                continue;
            }

            legal++;
            Assert.True(Encoder.TryEncode(instruction, out var bits), $"0x{value:x4} {instruction}");
            Assert.Equal((uint)value, bits);
        }

        Assert.InRange(legal, 10_000, 49_152);
    }

    [Fact]
    public void Random_words_of_every_row_encode_back_to_themselves()
    {
        var random = new Random(1);
        foreach (var row in InstructionTable.BaseRows)
        {
            var legal = 0;
            for (var i = 0; i < 2000; i++)
            {
                var word = row.Match | ((uint)random.NextInt64() & ~row.Mask);
                var instruction = Decoder.DecodeWord(word, row.IsLegalIn(Profile.Xjar) ? Profile.Xjar : Profile.Static);
                if (instruction.IsIllegal)
                {
                    continue;
                }

                legal++;
                Assert.Equal(row.Opcode, instruction.Opcode);
                Assert.True(Encoder.TryEncode(instruction, out var bits), $"0x{word:x8} {instruction}");

                // A fence ignores rd and rs1, and writes them as zero.
                Assert.Equal(row.Format == OperandFormat.Fence ? word & 0xFFF0_707F : word, bits);
            }

            Assert.InRange(legal, 100, 2000);
        }
    }

    [Fact]
    public void A_compressed_instruction_means_what_the_long_one_meant()
    {
        var random = new Random(2);
        var compressed = 0;
        for (var i = 0; i < 200_000; i++)
        {
            var rows = InstructionTable.BaseRows;
            var row = rows[random.Next(rows.Length)];
            var word = row.Match | ((uint)random.NextInt64() & ~row.Mask);
            var original = Decoder.DecodeWord(word, Profile.Xjar);
            if (original.IsIllegal || !Encoder.TryCompress(original, out var small))
            {
                continue;
            }

            compressed++;
            Assert.True(Encoder.TryEncode(small, out var bits));
            Assert.Equal(small, Decoder.DecodeHalfword((ushort)bits, Profile.Xjar));
        }

        Assert.InRange(compressed, 1000, 200_000);
    }
}

using System.Buffers.Binary;
using Pvm2.Runtime.Isa;
using Xunit;

namespace Pvm2.Runtime.Tests.Isa;

/// <summary>The decoder against a search through the instruction table, row by row.</summary>
public sealed class DecodingTests
{
    [Theory]
    [InlineData(Profile.Static)]
    [InlineData(Profile.Xjar)]
    public void Every_halfword_decodes_as_the_table_says_and_again_when_it_is_remembered(Profile profile)
    {
        for (var value = 0; value <= ushort.MaxValue; value++)
        {
            var expected = Search(InstructionTable.CompressedRows, (uint)value, 2, profile);
            Assert.Equal(expected, Decoder.DecodeHalfword((ushort)value, profile));
            Assert.Equal(expected, Decoder.DecodeHalfword((ushort)value, profile));
        }
    }

    [Theory]
    [InlineData(Profile.Static)]
    [InlineData(Profile.Xjar)]
    public void Words_decode_as_the_table_says(Profile profile)
    {
        var random = new Random(4);
        foreach (var row in InstructionTable.BaseRows)
        {
            for (var i = 0; i < 3000; i++)
            {
                // Every other word has registers that exist, and one of four a fixed bit that is wrong.
                var word = row.Match | ((uint)random.NextInt64() & ~row.Mask);
                word &= i % 2 == 0 ? uint.MaxValue : 0xFEF7_F7FF | row.Match;
                word ^= i % 4 == 3 ? 1u << random.Next(2, 32) : 0;
                Assert.Equal(Search(InstructionTable.BaseRows, word, 4, profile), Decoder.DecodeWord(word, profile));
            }
        }
    }

    [Theory]
    [InlineData(Profile.Static)]
    [InlineData(Profile.Xjar)]
    public void Every_combination_of_opcode_and_functions_decodes_as_the_table_says(Profile profile)
    {
        // funct7 and rs2, funct3, and the major opcode; rd and rs1 are a0.
        for (var functions = 0u; functions < 1 << 15; functions++)
        {
            for (var opcode = 3u; opcode < 128; opcode += 4)
            {
                var word = (functions >> 3 << 20) | (10 << 15) | ((functions & 7) << 12) | (10 << 7) | opcode;
                var expected = Search(InstructionTable.BaseRows, word, 4, profile);
                if (expected != Decoder.DecodeWord(word, profile))
                {
                    Assert.Fail($"0x{word:x8} is {Decoder.DecodeWord(word, profile)} and not {expected}");
                }
            }
        }
    }

    [Theory]
    [InlineData(Profile.Static)]
    [InlineData(Profile.Xjar)]
    public void A_reader_reads_what_the_decoder_decodes(Profile profile)
    {
        var random = new Random(5);
        for (var round = 0; round < 500; round++)
        {
            var code = new byte[random.Next(200)];
            random.NextBytes(code);
            var reader = new InstructionReader(code, profile);
            var offset = 0;
            while (offset < code.Length)
            {
                Assert.False(reader.IsAtEnd);
                Assert.Equal(offset, reader.Offset);
                var expected = Decoder.Decode(code, offset, profile);
                Assert.Equal(expected, reader.Read());
                offset += expected.Length;
            }

            Assert.True(reader.IsAtEnd);
            Assert.Equal(code.Length, reader.Offset);
        }
    }

    [Fact]
    public void What_the_end_cuts_off_is_illegal_and_beyond_is_nothing()
    {
        // c.nop, and the first bytes of an addi.
        byte[] code = [0x01, 0x00, 0x13, 0x05, 0x00];
        Assert.Equal(Instruction.Illegal(3), Decoder.Decode(code, 2, Profile.Static));
        Assert.Equal(Instruction.Illegal(2), Decoder.Decode(code.AsSpan(0, 4), 2, Profile.Static));
        Assert.Equal(Instruction.Illegal(1), Decoder.Decode(code.AsSpan(0, 3), 2, Profile.Static));
        Assert.Equal(Opcode.Addi, Decoder.Decode(code.AsSpan(0, 2), 0, Profile.Static).Opcode);
        Assert.Throws<ArgumentOutOfRangeException>(() => Decoder.Decode(code, 5, Profile.Static));
        Assert.Throws<ArgumentOutOfRangeException>(() => Decoder.Decode(code, 6, Profile.Static));
        Assert.Throws<ArgumentOutOfRangeException>(() => Decoder.Decode(code, -1, Profile.Static));
        Assert.Throws<ArgumentOutOfRangeException>(() => ReadOne([]));

        static void ReadOne(ReadOnlySpan<byte> code) => new InstructionReader(code, Profile.Static).Read();
    }

    [Fact]
    public void Threads_that_meet_encodings_at_the_same_time_agree()
    {
        var code = new byte[1 << 17];
        for (var value = 0; value < 1 << 16; value++)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(code.AsSpan(2 * value), (ushort)((value * 40_503) & ~1));
        }

        var results = new List<Instruction>[4];
        Parallel.For(0, results.Length, i =>
        {
            results[i] = [];
            var reader = new InstructionReader(code, Profile.Xjar);
            while (!reader.IsAtEnd)
            {
                results[i].Add(reader.Read());
            }
        });
        Assert.All(results, result => Assert.Equal(results[0], result));
    }

    /// <summary>The first row whose fixed bits match decides, whatever comes after it.</summary>
    private static Instruction Search(ReadOnlySpan<InstructionDescriptor> rows, uint bits, int length, Profile profile)
    {
        foreach (var row in rows)
        {
            if ((bits & row.Mask) != row.Match)
            {
                continue;
            }

            var fields = OperandFields.Extract(row.Format, bits);
            var isReserved = row.Constraint switch
            {
                OperandConstraint.NonZeroImmediate => fields.Immediate == 0,
                OperandConstraint.NonZeroDestination => fields.Rd == 0,
                OperandConstraint.NonZeroSource => fields.Rs1 == 0,
                _ => false,
            };
            uint[] registers = [fields.Rd, fields.Rs1, fields.Rs2];
            return isReserved || !row.IsLegalIn(profile) || registers.Any(IsForbidden)
                ? Instruction.Illegal(length)
                : new Instruction(
                    row.Opcode, row.Row, (byte)length, (byte)fields.Rd, (byte)fields.Rs1, (byte)fields.Rs2, fields.Immediate);
        }

        return Instruction.Illegal(length);

        bool IsForbidden(uint register) => register > 15 || (profile == Profile.Static && register is 3 or 4);
    }
}

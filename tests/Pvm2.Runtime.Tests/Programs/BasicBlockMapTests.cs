using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Programs;
using Xunit;

namespace Pvm2.Runtime.Tests.Programs;

public sealed class BasicBlockMapTests
{
    [Fact]
    public void Blocks_start_at_zero_and_after_terminators()
    {
        // c.nop; c.j .+2; c.nop; fallthrough; c.nop
        byte[] code = [0x01, 0x00, 0x09, 0xA0, 0x01, 0x00, 0x0B, 0x40, 0x00, 0x00, 0x01, 0x00];
        var blocks = BasicBlockMap.Build(code, Profile.Static);
        Assert.Equal([0u, 4u, 10u], blocks.Starts.ToArray());
        Assert.Equal(3, blocks.Count);
        Assert.Equal([0, -1, -1, 1, -1, -1, -1, 2, -1, -1], new uint[] { 0, 1, 2, 4, 5, 6, 8, 10, 11, 12 }.Select(blocks.IndexOf));
    }

    [Fact]
    public void A_host_call_stands_alone_in_xjar_only()
    {
        // c.nop; ecalli 1; c.nop; ecall.jar
        byte[] code = [0x01, 0x00, 0x0B, 0x20, 0x10, 0x00, 0x01, 0x00, 0x0B, 0x10, 0x00, 0x00];
        Assert.Equal([0u, 6u], BasicBlockMap.Build(code, Profile.Static).Starts.ToArray());
        Assert.Equal([0u, 2u, 6u, 8u], BasicBlockMap.Build(code, Profile.Xjar).Starts.ToArray());
    }

    [Fact]
    public void Illegal_encodings_end_blocks_and_differ_by_profile()
    {
        // c.jr ra; all-zero; auipc a0, 0; ebreak; the first half of a word
        byte[] code = [0x82, 0x80, 0x00, 0x00, 0x17, 0x05, 0x00, 0x00, 0x73, 0x00, 0x10, 0x00, 0x13, 0x05];
        Assert.Equal([0u, 2u, 4u, 8u, 12u], BasicBlockMap.Build(code, Profile.Static).Starts.ToArray());
        Assert.Equal([0u, 2u, 4u], BasicBlockMap.Build(code, Profile.Xjar).Starts.ToArray());
    }

    [Fact]
    public void Nothing_has_no_blocks()
    {
        var blocks = BasicBlockMap.Build([], Profile.Static);
        Assert.Equal(0, blocks.Count);
        Assert.False(blocks.IsStart(0));
        Assert.Equal(-1, blocks.IndexOf(uint.MaxValue));
    }

    [Theory]
    [InlineData(Profile.Static)]
    [InlineData(Profile.Xjar)]
    public void Random_code_has_the_blocks_of_the_definition(Profile profile)
    {
        var random = new Random(11);
        for (var round = 0; round < 200; round++)
        {
            var code = new byte[random.Next(1200)];
            random.NextBytes(code);
            var expected = DefineStarts(code, profile);
            var blocks = BasicBlockMap.Build(code, profile);
            Assert.Equal(expected, blocks.Starts.ToArray());
            for (var offset = 0u; offset < code.Length + 300; offset++)
            {
                Assert.Equal(expected.IndexOf(offset), blocks.IndexOf(offset));
                Assert.Equal(expected.Contains(offset), blocks.IsStart(offset));
            }
        }
    }

    [Fact]
    public void Loops_have_heads_where_jumps_go_back_to_or_stay()
    {
        // c.nop; c.nop; fallthrough; c.j .+0; beq x0, x0, .-6; c.j .+4; c.nop; c.nop; c.bnez a0, .-20
        byte[] code =
        [
            0x01, 0x00, 0x01, 0x00, 0x0B, 0x40, 0x00, 0x00, 0x01, 0xA0, 0xE3, 0x0D, 0x00, 0xFE, 0x11, 0xA0,
            0x01, 0x00, 0x01, 0x00, 0x75, 0xF5,
        ];
        var blocks = BasicBlockMap.Build(code, Profile.Xjar);
        Assert.Equal([0u, 8u, 10u, 14u, 16u], blocks.Starts.ToArray());

        // The beq goes to 4, where no block starts; the c.j over the block at 16 goes forward.
        Assert.Equal([0u, 8u], Enumerable.Range(0, 30).Select(i => (uint)i).Where(blocks.IsLoopHead));
        Assert.False(blocks.IsLoopHead(uint.MaxValue));
    }

    [Theory]
    [InlineData(Profile.Static)]
    [InlineData(Profile.Xjar)]
    public void Random_code_has_the_loop_heads_of_the_definition(Profile profile)
    {
        var random = new Random(12);
        var heads = 0;
        for (var round = 0; round < 400; round++)
        {
            var code = RandomCode.Make(random, profile).Code.Span;
            var blocks = BasicBlockMap.Build(code, profile);
            var expected = new HashSet<long>();
            for (var offset = 0; offset < code.Length;)
            {
                var instruction = Decoder.Decode(code, offset, profile);
                if (instruction.Family is InstructionFamily.Branch or InstructionFamily.Jump && instruction.Immediate <= 0)
                {
                    expected.Add(offset + instruction.Immediate);
                }

                offset += instruction.Length;
            }

            for (var offset = 0u; offset < code.Length + 300; offset++)
            {
                Assert.Equal(blocks.IsStart(offset) && expected.Contains(offset), blocks.IsLoopHead(offset));
            }

            heads += expected.Count;
        }

        Assert.True(heads > 100);
    }

    /// <summary>The specification's sentence, taken literally and slowly.</summary>
    private static List<uint> DefineStarts(byte[] code, Profile profile)
    {
        var starts = new SortedSet<uint>();
        if (code.Length > 0)
        {
            starts.Add(0);
        }

        for (var offset = 0; offset < code.Length;)
        {
            var instruction = Decoder.Decode(code, offset, profile);
            var next = offset + instruction.Length;
            var ends = instruction.Opcode is Opcode.Illegal or Opcode.Trap or Opcode.Fallthrough or Opcode.Ecalli
                or Opcode.EcallJar or Opcode.BrTable or Opcode.Beq or Opcode.Bne or Opcode.Blt or Opcode.Bge
                or Opcode.Bltu or Opcode.Bgeu or Opcode.Jal or Opcode.Jalr;
            if (profile == Profile.Xjar && instruction.Opcode is Opcode.Ecalli or Opcode.EcallJar)
            {
                starts.Add((uint)offset);
            }

            if (ends && next < code.Length)
            {
                starts.Add((uint)next);
            }

            offset = next;
        }

        return [.. starts];
    }
}

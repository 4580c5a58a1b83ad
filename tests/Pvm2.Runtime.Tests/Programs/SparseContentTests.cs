using Pvm2.Runtime.Programs;
using Xunit;

namespace Pvm2.Runtime.Tests.Programs;

public sealed class SparseContentTests
{
    [Fact]
    public void A_chunk_is_what_normalising_leaves_in_one_piece()
    {
        var random = new Random(8);
        var chunks = 0;
        for (var round = 0; round < 50_000; round++)
        {
            var bytes = new byte[random.Next(80)];
            for (var position = 0; position < bytes.Length; position += random.Next(1, 20))
            {
                bytes[position] = (byte)random.Next(1, 256);
            }

            var region = new MemoryRegion(0, 4096, bytes);
            var isWhole = region.Chunks.Length == 1 && region.Chunks[0].Offset == 0 && region.Chunks[0].Bytes.Length == bytes.Length;
            Assert.Equal(isWhole, SparseContent.IsChunk(bytes));
            chunks += isWhole ? 1 : 0;
        }

        Assert.InRange(chunks, 1000, 49_000);
    }

    [Fact]
    public void Sixteen_zeros_anywhere_are_too_many_and_fifteen_are_not()
    {
        for (var start = 1; start < 40; start++)
        {
            foreach (var zeros in new[] { 15, 16, 17, 31 })
            {
                var bytes = new byte[start + zeros + 1];
                Array.Fill(bytes, (byte)1, 0, start);
                bytes[^1] = 1;
                Assert.Equal(zeros < SparseContent.MinimumGap, SparseContent.IsChunk(bytes));
            }
        }
    }
}

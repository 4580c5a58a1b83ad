using Pvm2.Runtime.Programs;
using Xunit;

namespace Pvm2.Runtime.Tests.Programs;

public sealed class MemoryRegionTests
{
    [Fact]
    public void Content_is_split_at_sixteen_zeros_and_not_before()
    {
        byte[] content = [0, 1, .. new byte[15], 2, .. new byte[16], 3, 4, .. new byte[100]];
        var region = new MemoryRegion(0x1_0000, 0x1000, content);
        Assert.Equal([(1u, 17), (34u, 2)], Shape(region));
        Assert.Equal([3, 4], region.Chunks[1].Bytes.ToArray());
        Assert.Equal(36u, region.ContentEnd);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4096)]
    public void Zeros_are_no_content(int length)
    {
        var region = new MemoryRegion(0x1_0000, 0x1000, new byte[length]);
        Assert.True(region.Chunks.IsEmpty);
        Assert.Equal(0u, region.ContentEnd);
    }

    [Fact]
    public void Chunks_that_lie_too_near_become_one()
    {
        ContentChunk[] chunks =
        [
            new(2, new byte[] { 0, 1, 0 }), new(5, new byte[] { 2 }), new(10, default), new(20, new byte[] { 0, 3 }),
            new(38, new byte[] { 4 }), new(0xFFF_FFFF, new byte[] { 5 }),
        ];
        var region = new MemoryRegion(0x1_0000, 0x1000_0000, chunks);
        Assert.Equal([(3u, 19), (38u, 1), (0xFFF_FFFFu, 1)], Shape(region));
        Assert.Equal([1, 0, 2, .. new byte[15], 3], region.Chunks[0].Bytes.ToArray());
    }

    [Fact]
    public void Random_content_has_one_form_however_it_is_given()
    {
        var random = new Random(41);
        for (var round = 0; round < 2000; round++)
        {
            var content = new byte[random.Next(400)];
            foreach (ref var value in content.AsSpan())
            {
                value = random.Next(10) == 0 ? (byte)1 : (byte)0;
            }

            var parts = new List<ContentChunk>();
            for (var start = 0; start < content.Length;)
            {
                var end = Math.Min(content.Length, start + random.Next(1, 40));
                parts.Add(new ContentChunk((uint)start, content.AsMemory(start..end)));
                start = end;
            }

            var flat = new MemoryRegion(0x1_0000, 0x1000, content);
            var split = new MemoryRegion(0x1_0000, 0x1000, parts.ToArray());
            Assert.Equal(Shape(flat), Shape(split));

            foreach (var region in new[] { flat, split })
            {
                var expected = new byte[500];
                content.CopyTo(expected, 0);
                var (from, to) = (random.Next(250), random.Next(250, 500));
                var copied = new byte[to - from];
                random.NextBytes(copied);
                region.CopyTo((uint)from, copied);
                Assert.Equal(expected[from..to], copied);
            }
        }
    }

    [Fact]
    public void Copying_may_go_beyond_the_region()
    {
        var region = new MemoryRegion(0x1_0000, 0x1000, new byte[] { 1, 2, 3 });
        byte[] copied = [9, 9, 9];
        region.CopyTo(2, copied);
        Assert.Equal([3, 0, 0], copied);
        region.CopyTo(uint.MaxValue, copied);
        Assert.Equal([0, 0, 0], copied);
        region.CopyTo(0, []);
    }

    [Fact]
    public void Content_lies_in_its_region_and_ascends()
    {
        Assert.Throws<ArgumentException>(() => new MemoryRegion(0, 0, new byte[1]));
        Assert.Throws<ArgumentException>(() => new MemoryRegion(0, 4096, new byte[4097]));
        Assert.Throws<ArgumentException>(() => Make(new ContentChunk(4095, new byte[2])));
        Assert.Throws<ArgumentException>(() => Make(new ContentChunk(0, new byte[2]), new ContentChunk(1, new byte[2])));
        Assert.Throws<ArgumentException>(() => Make(new ContentChunk(8, new byte[2]), new ContentChunk(1, new byte[2])));
        Assert.Throws<ArgumentException>(() => Make(new ContentChunk(uint.MaxValue, new byte[2])));
        Assert.Equal(4096u, Make(new ContentChunk(4095, new byte[] { 1 })).ContentEnd);

        static MemoryRegion Make(params ContentChunk[] chunks) => new(0, 4096, chunks);
    }

    private static (uint Offset, int Length)[] Shape(MemoryRegion region) =>
        [.. region.Chunks.ToArray().Select(c => (c.Offset, c.Bytes.Length))];
}

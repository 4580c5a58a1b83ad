using Pvm2.Native.Code;
using Pvm2.Native.Tests.Kit;
using Xunit;

namespace Pvm2.Native.Tests.Leaks;

/// <summary>What the memory of an arena of its own does when blocks are freed.</summary>
[Collection(ProcessAlone.Name)]
public sealed class CodeArenaTests
{
    private const int Mebibyte = 1 << 20;
    private const long Noise = 2 * Mebibyte;

    [NativeFact]
    public void A_large_block_gives_its_pages_back()
    {
        using var arena = MakeArena();
        var before = ProcessFootprint.SharedBytes();
        var small = Fill(arena, 64);
        var large = Fill(arena, 40 * Mebibyte);
        Assert.InRange(ProcessFootprint.SharedBytes() - before, (40 * Mebibyte) - Noise, (40 * Mebibyte) + Noise);

        arena.Free(large);

        Assert.InRange(ProcessFootprint.SharedBytes() - before, -Noise, Noise);
        arena.Free(small);
    }

    [NativeFact]
    public void Empty_chunks_keep_some_pages_and_give_back_the_rest()
    {
        // Each block is a chunk.
        const int Chunk = 4 * Mebibyte;
        const int Kept = 64 * Mebibyte;
        using var arena = MakeArena();
        var before = ProcessFootprint.SharedBytes();
        var blocks = Enumerable.Range(0, 24).Select(_ => Fill(arena, Chunk)).ToList();
        Assert.InRange(ProcessFootprint.SharedBytes() - before, (24 * Chunk) - Noise, (24 * Chunk) + Noise);

        blocks.ForEach(block => arena.Free(block));
        Assert.InRange(ProcessFootprint.SharedBytes() - before, Kept - Noise, Kept + Noise);

        // Chunks that hold no pages any more do not count: one that is taken again keeps its pages.
        for (var i = 0; i < 3; i++)
        {
            arena.Free(Fill(arena, Chunk));
            Assert.InRange(ProcessFootprint.SharedBytes() - before, Kept - Noise, Kept + Noise);
        }
    }

    private static CodeArena MakeArena()
    {
        Assert.True(CodeArena.TryCreate(out var arena, out var reason), reason);
        return arena;
    }

    private static CodeBlock Fill(CodeArena arena, int bytes)
    {
        Assert.True(arena.TryAllocate(bytes, forProfilers: false, out var block));
        var code = new byte[bytes];
        Array.Fill(code, (byte)0xCC);
        CodeChunk.Write(block, code);
        return block;
    }
}

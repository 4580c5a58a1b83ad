using System.Diagnostics.CodeAnalysis;

namespace Pvm2.Runtime.Programs;

/// <summary>Reads the memory regions of a container.</summary>
internal static class RegionReader
{
    internal static bool TryRead(
        ContainerInput input, ProgramSection section, bool hasContent, [NotNullWhen(true)] out MemoryRegion? region)
    {
        input.Section = section;
        region = null;
        if (!input.TryReadNumber("the number of pages", ContainerFormat.MaxPage, out var pages))
        {
            return false;
        }

        if (pages == 0)
        {
            region = MemoryRegion.None;
            return true;
        }

        if (!input.TryReadNumber("the first page", ContainerFormat.MaxPage, out var firstPage))
        {
            return false;
        }

        var size = pages << AddressSpace.PageShift;
        ContentChunk[]? chunks = [];
        if (hasContent && !TryReadChunks(input, size, out chunks))
        {
            return false;
        }

        region = MemoryRegion.FromCanonical(firstPage << AddressSpace.PageShift, size, chunks);
        return true;
    }

    private static bool TryReadChunks(ContainerInput input, uint size, [NotNullWhen(true)] out ContentChunk[]? chunks)
    {
        chunks = null;
        if (!input.TryReadCount("the number of chunks", ContainerFormat.MinChunkSize, out var count))
        {
            return false;
        }

        var read = new ContentChunk[count];
        var reached = 0UL;
        for (var i = 0; i < read.Length; i++)
        {
            if (!TryReadChunk(input, size, reached, out read[i]))
            {
                return false;
            }

            reached = read[i].End + SparseContent.MinimumGap;
        }

        chunks = read;
        return true;
    }

    private static bool TryReadChunk(ContainerInput input, uint size, ulong reached, out ContentChunk chunk)
    {
        chunk = default;
        var start = input.Position;
        if (!input.TryReadNumber("the gap before a chunk", uint.MaxValue, out var gap)
            || !input.TryReadNumber("the length of a chunk", int.MaxValue, out var length))
        {
            return false;
        }

        var offset = reached + gap;
        if (offset + length > size)
        {
            return input.Fail(start, $"a chunk ends at 0x{offset + length:x}, beyond the region's 0x{size:x} bytes");
        }

        var contentStart = input.Position;
        if (!input.TryReadBytes(length, "a chunk", out var bytes))
        {
            return false;
        }

        if (!SparseContent.IsChunk(bytes.Span))
        {
            return input.Fail(
                contentStart,
                $"a chunk is empty, begins or ends with a zero, or holds {SparseContent.MinimumGap} zeros in a row");
        }

        chunk = new ContentChunk((uint)offset, bytes);
        return true;
    }
}

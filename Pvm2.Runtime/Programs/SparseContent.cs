using System.Runtime.InteropServices;

namespace Pvm2.Runtime.Programs;

/// <summary>
/// The one way to say which bytes of a region are not zero: chunks that begin and end with a byte that is not zero,
/// hold fewer than <see cref="MinimumGap"/> zeros in a row, and lie at least that many zeros apart.
/// </summary>
public static class SparseContent
{
    /// <summary>
    /// Zeros in a row that end a chunk. A chunk costs two to ten bytes in a container and 24 in memory, so that
    /// shorter runs are better kept.
    /// </summary>
    public const int MinimumGap = 16;

    /// <summary>Whether bytes can stand as one chunk.</summary>
    internal static bool IsChunk(ReadOnlySpan<byte> bytes) =>
        !bytes.IsEmpty && bytes[0] != 0 && bytes[^1] != 0 && !HasGap(bytes);

    /// <summary>Whether so many zeros as end a chunk stand between bytes of which the first and last are not zero.</summary>
    private static bool HasGap(ReadOnlySpan<byte> bytes)
    {
        // Wherever it begins, a gap fills one of the words, and words that are zero are rare where single bytes are not.
        const int WordSize = sizeof(ulong);
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        for (var word = 0; word < words.Length;)
        {
            var skipped = words[word..].IndexOf(0UL);
            if (skipped < 0)
            {
                return false;
            }

            var position = (word + skipped) * WordSize;
            var start = bytes[..position].LastIndexOfAnyExcept((byte)0) + 1;
            var end = position + bytes[position..].IndexOfAnyExcept((byte)0);
            if (end - start >= MinimumGap)
            {
                return true;
            }

            word = (end + WordSize - 1) / WordSize;
        }

        return false;
    }

    /// <summary>Splits and joins chunks until they are the one list for what they hold.</summary>
    /// <exception cref="ArgumentException">The chunks are out of order, overlap, or go beyond the size.</exception>
    internal static ContentChunk[] Normalise(ReadOnlySpan<ContentChunk> content, uint size)
    {
        var chunks = new List<ContentChunk>();
        var end = 0UL;
        foreach (var part in content)
        {
            if (part.Offset < end || part.End > size)
            {
                throw new ArgumentException("Content must ascend, must not overlap and must lie in its region.", nameof(content));
            }

            end = part.End;
            Split(part, chunks);
        }

        return Join(chunks);
    }

    /// <summary>Adds the chunks that a run of bytes consists of.</summary>
    private static void Split(ContentChunk part, List<ContentChunk> chunks)
    {
        var bytes = part.Bytes.Span;
        for (var position = 0; ;)
        {
            var zeros = bytes[position..].IndexOfAnyExcept((byte)0);
            if (zeros < 0)
            {
                return;
            }

            var start = position + zeros;
            position = EndOfChunk(bytes, start);
            chunks.Add(new ContentChunk(part.Offset + (uint)start, part.Bytes[start..position]));
        }
    }

    /// <summary>Where the chunk that starts at an offset ends: after its last byte that is not zero.</summary>
    private static int EndOfChunk(ReadOnlySpan<byte> bytes, int start)
    {
        for (var position = start; ;)
        {
            var length = bytes[position..].IndexOf((byte)0);
            if (length < 0)
            {
                return bytes.Length;
            }

            var end = position + length;
            var zeros = bytes[end..].IndexOfAnyExcept((byte)0);
            if (zeros is < 0 or >= MinimumGap)
            {
                return end;
            }

            position = end + zeros;
        }
    }

    /// <summary>Makes one chunk of those that lie too near to each other.</summary>
    private static ContentChunk[] Join(List<ContentChunk> chunks)
    {
        var joined = new List<ContentChunk>(chunks.Count);
        for (var first = 0; first < chunks.Count;)
        {
            var next = first + 1;
            while (next < chunks.Count && chunks[next].Offset - chunks[next - 1].End < MinimumGap)
            {
                next++;
            }

            joined.Add(next == first + 1 ? chunks[first] : Concatenate(chunks[first..next]));
            first = next;
        }

        return [.. joined];
    }

    private static ContentChunk Concatenate(List<ContentChunk> chunks)
    {
        var offset = chunks[0].Offset;
        var bytes = new byte[chunks[^1].End - offset];
        foreach (var chunk in chunks)
        {
            chunk.Bytes.CopyTo(bytes.AsMemory((int)(chunk.Offset - offset)));
        }

        return new ContentChunk(offset, bytes);
    }
}

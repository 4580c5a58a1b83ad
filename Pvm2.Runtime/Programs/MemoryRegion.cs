namespace Pvm2.Runtime.Programs;

/// <summary>A range of pages that a program declares, and what they hold at the start.</summary>
/// <remarks>
/// What a region holds is kept as chunks with zeros between them, so that a region of gigabytes costs no more than
/// its bytes that are not zero. There is one such list for any content: see <see cref="SparseContent"/>.
/// </remarks>
public sealed class MemoryRegion
{
    private readonly ContentChunk[] _chunks;

    /// <summary>Describes a region by its bytes.</summary>
    /// <param name="address">First byte; a multiple of the page size.</param>
    /// <param name="size">Bytes; a multiple of the page size. 0 where the program has no such region.</param>
    /// <param name="content">
    /// The initial bytes from <paramref name="address"/> on; the rest is zero. The region keeps the memory, which
    /// must not change any more.
    /// </param>
    /// <exception cref="ArgumentException"><paramref name="content"/> is longer than the region.</exception>
    public MemoryRegion(uint address, uint size, ReadOnlyMemory<byte> content = default)
        : this(address, size, SparseContent.Normalise([new ContentChunk(0, content)], size))
    {
    }

    /// <summary>Describes a region by the parts of it that are not zero.</summary>
    /// <param name="address">First byte; a multiple of the page size.</param>
    /// <param name="size">Bytes; a multiple of the page size. 0 where the program has no such region.</param>
    /// <param name="content">
    /// Initial bytes by ascending offset, none overlapping the next; the rest is zero. They may hold zeros and touch
    /// each other. The region keeps the memory, which must not change any more.
    /// </param>
    /// <exception cref="ArgumentException">
    /// <paramref name="content"/> is out of order, overlaps, or goes beyond the region.
    /// </exception>
    public MemoryRegion(uint address, uint size, ReadOnlySpan<ContentChunk> content)
        : this(address, size, SparseContent.Normalise(content, size))
    {
    }

    private MemoryRegion(uint address, uint size, ContentChunk[] chunks)
    {
        Address = address;
        Size = size;
        _chunks = chunks;
    }

    /// <summary>The region that a program does not have.</summary>
    public static MemoryRegion None { get; } = new(0, 0, chunks: []);

    /// <summary>First byte of the region.</summary>
    public uint Address { get; }

    /// <summary>Bytes of the region.</summary>
    public uint Size { get; }

    /// <summary>
    /// Initial bytes by ascending offset; all others are zero. Between two chunks lie at least
    /// <see cref="SparseContent.MinimumGap"/> zeros, in a chunk never as many in a row.
    /// </summary>
    public ReadOnlySpan<ContentChunk> Chunks => _chunks;

    /// <summary>The offset after the last initial byte that is not zero; 0 where all are.</summary>
    public uint ContentEnd => _chunks.Length == 0 ? 0 : (uint)_chunks[^1].End;

    /// <summary>The byte after the region, which may be 2^32.</summary>
    public ulong End => (ulong)Address + Size;

    /// <summary>Number of pages.</summary>
    public uint Pages => Size >> AddressSpace.PageShift;

    /// <summary>Describes a region whose chunks are known to be the one list for what they hold.</summary>
    internal static MemoryRegion FromCanonical(uint address, uint size, ContentChunk[] chunks) =>
        new(address, size, chunks);

    /// <summary>Copies initial bytes, zeros included.</summary>
    /// <param name="offset">First byte to copy, from the start of the region; what lies beyond the region is zero.</param>
    /// <param name="destination">Filled whole.</param>
    public void CopyTo(uint offset, Span<byte> destination)
    {
        destination.Clear();
        foreach (var chunk in _chunks.AsSpan(FirstChunkBehind(offset)))
        {
            var start = (long)chunk.Offset - offset;
            if (start >= destination.Length)
            {
                break;
            }

            var skipped = Math.Max(0, -start);
            if (skipped < chunk.Bytes.Length)
            {
                var source = chunk.Bytes.Span[(int)skipped..];
                var target = destination[(int)(start + skipped)..];
                source[..Math.Min(source.Length, target.Length)].CopyTo(target);
            }
        }
    }

    /// <summary>The first chunk that ends behind an offset; their number if none does.</summary>
    private int FirstChunkBehind(uint offset)
    {
        var (low, high) = (0, _chunks.Length);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            (low, high) = _chunks[middle].End > offset ? (low, middle) : (middle + 1, high);
        }

        return low;
    }
}

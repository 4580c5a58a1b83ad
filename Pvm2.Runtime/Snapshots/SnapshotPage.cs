using Pvm2.Runtime.Programs;

namespace Pvm2.Runtime.Snapshots;

/// <summary>A page that differs from what the program declares.</summary>
/// <param name="Address">First guest address; a multiple of the page size.</param>
/// <param name="Start">Offset in the page of the first byte that is not zero; 0 where all are.</param>
/// <param name="Content">The bytes from there to the last one that is not zero; empty where all are.</param>
public readonly record struct SnapshotPage(uint Address, int Start, ReadOnlyMemory<byte> Content)
{
    /// <summary>Writes the whole page, zeros included.</summary>
    /// <param name="destination">As long as a page.</param>
    /// <exception cref="ArgumentException"><paramref name="destination"/> has another length.</exception>
    public void CopyTo(Span<byte> destination)
    {
        if (destination.Length != AddressSpace.PageSize)
        {
            throw new ArgumentException($"A page has {AddressSpace.PageSize} bytes.", nameof(destination));
        }

        destination[..Start].Clear();
        Content.Span.CopyTo(destination[Start..]);
        destination[(Start + Content.Length)..].Clear();
    }

    /// <summary>Copies a page.</summary>
    /// <param name="address">First guest address.</param>
    /// <param name="page">All its bytes.</param>
    internal static SnapshotPage Of(uint address, ReadOnlySpan<byte> page)
    {
        var start = page.IndexOfAnyExcept((byte)0);
        return start < 0
            ? new SnapshotPage(address, 0, default)
            : new SnapshotPage(address, start, page[start..(page.LastIndexOfAnyExcept((byte)0) + 1)].ToArray());
    }
}

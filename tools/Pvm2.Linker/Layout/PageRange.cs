using Pvm2.Runtime.Programs;

namespace Pvm2.Linker.Layout;

/// <summary>A range of whole pages.</summary>
/// <param name="Start">First address; a multiple of the page size.</param>
/// <param name="Size">Bytes; a multiple of the page size, possibly 0.</param>
internal readonly record struct PageRange(ulong Start, ulong Size)
{
    /// <summary>The address after the last page.</summary>
    public ulong End => Start + Size;

    /// <summary>Rounds a number of bytes up to whole pages.</summary>
    public static ulong RoundUp(ulong bytes) => (bytes + AddressSpace.PageSize - 1) & ~(AddressSpace.PageSize - 1UL);

    /// <summary>The region of a program; <see cref="MemoryRegion.None"/> where there are no pages.</summary>
    public MemoryRegion ToRegion(ReadOnlySpan<ContentChunk> content) =>
        Size == 0 ? MemoryRegion.None : new MemoryRegion((uint)Start, (uint)Size, content);
}

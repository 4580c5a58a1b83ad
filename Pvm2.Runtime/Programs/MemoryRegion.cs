namespace Pvm2.Runtime.Programs;

/// <summary>A range of pages that a program declares, and what they hold at the start.</summary>
public sealed class MemoryRegion
{
    /// <summary>Describes a region.</summary>
    /// <param name="address">First byte; a multiple of the page size.</param>
    /// <param name="size">Bytes; a multiple of the page size. 0 where the program has no such region.</param>
    /// <param name="content">
    /// The initial bytes from <paramref name="address"/> on, at most <paramref name="size"/>; the rest is zero.
    /// </param>
    public MemoryRegion(uint address, uint size, ReadOnlyMemory<byte> content = default)
    {
        Address = address;
        Size = size;
        Content = content;
    }

    /// <summary>The region that a program does not have.</summary>
    public static MemoryRegion None { get; } = new(0, 0);

    /// <summary>First byte of the region.</summary>
    public uint Address { get; }

    /// <summary>Bytes of the region.</summary>
    public uint Size { get; }

    /// <summary>Initial bytes; what follows them up to <see cref="Size"/> is zero.</summary>
    public ReadOnlyMemory<byte> Content { get; }

    /// <summary>The byte after the region, which may be 2^32.</summary>
    public ulong End => (ulong)Address + Size;

    /// <summary>Number of pages.</summary>
    public uint Pages => Size >> AddressSpace.PageShift;
}

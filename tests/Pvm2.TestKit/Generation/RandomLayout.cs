using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Programs;

namespace Pvm2.TestKit.Generation;

/// <summary>Places the four regions of a program at random: touching or apart, in any order, up to the last page.</summary>
public sealed class RandomLayout
{
    private const int MaxPages = 3;

    private readonly MemoryRegion[] _regions = new MemoryRegion[4];

    /// <summary>Makes a layout. The read-write region is never empty.</summary>
    /// <param name="minPages">The least pages of read-only data, stack, read-write data and heap; none if omitted.</param>
    public RandomLayout(Prng random, Profile profile, params ReadOnlySpan<int> minPages)
    {
        ArgumentNullException.ThrowIfNull(random);
        Span<int> order = [0, 1, 2, 3];
        for (var i = order.Length - 1; i > 0; i--)
        {
            var other = random.Below(i + 1);
            (order[i], order[other]) = (order[other], order[i]);
        }

        var sizes = new uint[4];
        for (var i = 0; i < sizes.Length; i++)
        {
            sizes[i] = (uint)random.Below(MaxPages + 1) * AddressSpace.PageSize;
        }

        sizes[2] = Math.Max(sizes[2], AddressSpace.PageSize);
        for (var i = 0; i < minPages.Length; i++)
        {
            sizes[i] = Math.Max(sizes[i], (uint)minPages[i] * AddressSpace.PageSize);
        }

        var next = profile == Profile.Static ? AddressSpace.StaticDataBase : AddressSpace.DataBase;
        for (var i = 0; i < order.Length; i++)
        {
            var size = sizes[order[i]];
            var rest = Rest(sizes, order[i..]);
            next += Gap(random, next, rest);
            _regions[order[i]] = size == 0 ? MemoryRegion.None : new MemoryRegion(next, size, Content(random, order[i], size));
            next += size;
        }
    }

    /// <summary>Read-only data.</summary>
    public MemoryRegion ReadOnlyData => _regions[0];

    /// <summary>The stack.</summary>
    public MemoryRegion Stack => _regions[1];

    /// <summary>Read-write data.</summary>
    public MemoryRegion ReadWriteData => _regions[2];

    /// <summary>The heap.</summary>
    public MemoryRegion Heap => _regions[3];

    private static ulong Rest(uint[] sizes, ReadOnlySpan<int> order)
    {
        var rest = 0UL;
        foreach (var region in order)
        {
            rest += sizes[region];
        }

        return rest;
    }

    /// <summary>How far the next region is: mostly nowhere, or a few pages, or beyond 2^31, or as far as there is room.</summary>
    private static uint Gap(Prng random, uint next, ulong rest)
    {
        var room = (uint)(AddressSpace.Size - rest - next);
        return random.Below(8) switch
        {
            0 => Math.Min((uint)random.Between(1, 5) * AddressSpace.PageSize, room),
            1 when next < 0x7FFF_F000 => 0x7FFF_F000 - next,
            2 => room,
            _ => 0,
        };
    }

    private static ReadOnlyMemory<byte> Content(Prng random, int region, uint size)
    {
        if (region is not (0 or 2))
        {
            return default;
        }

        var bytes = new byte[size];
        for (var i = 0; i < bytes.Length; i += sizeof(ulong))
        {
            BitConverter.TryWriteBytes(bytes.AsSpan(i), random.Value());
        }

        return bytes;
    }
}

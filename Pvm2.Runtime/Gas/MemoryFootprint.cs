using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Programs;

namespace Pvm2.Runtime.Gas;

/// <summary>What a program's declared memory does to the price of loads and stores.</summary>
public static class MemoryFootprint
{
    /// <summary>The latencies there are, in cycles.</summary>
    internal static ReadOnlySpan<uint> Latencies => [25, 50, 75, 100];

    /// <summary>
    /// The number of distinct pages that a program declares as accessible: its regions, and in xjar its code.
    /// </summary>
    /// <param name="program">A program; its regions may overlap and count once where they do.</param>
    public static uint CountPages(GuestProgram program)
    {
        ArgumentNullException.ThrowIfNull(program);
        var ranges = new List<(ulong First, ulong End)>();
        foreach (var region in program.Regions)
        {
            ranges.Add(((ulong)region.Address >> AddressSpace.PageShift, PageAfter(region.End)));
        }

        if (program.Profile == Profile.Xjar)
        {
            var end = (ulong)AddressSpace.CodeBase + (uint)program.Code.Length;
            ranges.Add((AddressSpace.CodeBase >> AddressSpace.PageShift, PageAfter(end)));
        }

        ranges.Sort();
        var pages = 0UL;
        var counted = 0UL;
        foreach (var (first, end) in ranges)
        {
            var start = Math.Max(first, counted);
            if (end > start)
            {
                pages += end - start;
                counted = end;
            }
        }

        return (uint)pages;
    }

    /// <summary>The latency of a memory access in cycles, from the PVM2 gas table.</summary>
    /// <param name="pages">As <see cref="CountPages"/> counts them.</param>
    public static uint Latency(uint pages) => Latencies[Classify(pages)];

    /// <summary>Which of the <see cref="Latencies"/> a footprint brings.</summary>
    internal static int Classify(uint pages) => pages switch
    {
        <= 2048 => 0,
        <= 8192 => 1,
        <= 65536 => 2,
        _ => 3,
    };

    private static ulong PageAfter(ulong end) => (end + AddressSpace.PageSize - 1) >> AddressSpace.PageShift;
}

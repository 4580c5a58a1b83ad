using Pvm2.Runtime.Memory;
using Pvm2.Runtime.Programs;

namespace Pvm2.Runtime.Snapshots;

/// <summary>Finds the pages that differ from what the program declares.</summary>
internal static class ChangedPages
{
    /// <summary>Pages that the memory is asked about in one go.</summary>
    private const int Step = 512;

    /// <summary>Copies them, by ascending address.</summary>
    /// <param name="memory">Memory of an instance that does not run.</param>
    internal static SnapshotPage[] Copy(GuestMemory memory)
    {
        var pages = new List<SnapshotPage>();
        Span<bool> touched = stackalloc bool[Step];
        foreach (var run in memory.Layout.Writable)
        {
            for (ulong start = run.Start; start < run.End; start += Step * AddressSpace.PageSize)
            {
                var count = (int)Math.Min(Step, (run.End - start) >> AddressSpace.PageShift);
                memory.FindTouched((uint)start, touched[..count]);
                AddChanged(memory, (uint)start, touched[..count], pages);
            }
        }

        return [.. pages];
    }

    private static void AddChanged(GuestMemory memory, uint start, ReadOnlySpan<bool> touched, List<SnapshotPage> pages)
    {
        for (var i = 0; i < touched.Length; i++)
        {
            var address = start + ((uint)i << AddressSpace.PageShift);
            if (touched[i]
                && memory.TryGetSpan(address, AddressSpace.PageSize, out var page)
                && !memory.Layout.IsInitial(address, page))
            {
                pages.Add(SnapshotPage.Of(address, page));
            }
        }
    }
}

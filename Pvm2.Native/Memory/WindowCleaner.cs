using System.Runtime.InteropServices;
using Pvm2.Native.Code;
using Pvm2.Runtime.Memory;
using Pvm2.Runtime.Programs;

namespace Pvm2.Native.Memory;

/// <summary>Brings windows back into the initial state of their program. Safe for use by many threads.</summary>
/// <remarks>
/// <para>Pages that were touched, as the page map tells, are overwritten and so stay where they are: the next run
/// takes no page faults on them. Where they are too many, or cannot be told, they go back to the system, which
/// provides them anew in their initial state.</para>
/// <para>Nobody runs in a window or uses its memory while it is cleaned.</para>
/// </remarks>
/// <param name="pages">Tells which pages were touched; null where the system does not.</param>
internal sealed unsafe class WindowCleaner(PageMap? pages)
{
    /// <summary>
    /// Larger memories, above 64 MiB, are given back without a look: to look costs 1.3 ns a page, touched or not.
    /// </summary>
    private const ulong MaxPagesLookedAt = 16384;

    /// <summary>Pages looked at in one go: the answer is a page itself.</summary>
    private const int Step = 512;

    /// <summary>Cleans a window.</summary>
    /// <param name="window">The window.</param>
    /// <param name="maxKept">The most pages that may stay.</param>
    /// <returns>The pages that stayed.</returns>
    internal int Clean(Window window, int maxKept)
    {
        if (pages is not null && PagesOf(window.Source.Layout) <= MaxPagesLookedAt)
        {
            var kept = 0;
            if (TryCleanByPage(window, maxKept, ref kept))
            {
                return kept;
            }
        }

        Discard(window);
        return 0;
    }

    private static ulong PagesOf(MemoryLayout layout)
    {
        var bytes = 0UL;
        foreach (var run in layout.Writable)
        {
            bytes += run.Length;
        }

        return bytes >> AddressSpace.PageShift;
    }

    private bool TryCleanByPage(Window window, int maxKept, ref int kept)
    {
        Span<ulong> entries = stackalloc ulong[Step];
        foreach (var run in window.Source.Layout.Writable)
        {
            for (var start = (ulong)run.Start; start < run.End; start += Step * AddressSpace.PageSize)
            {
                var count = (int)Math.Min(Step, (run.End - start) >> AddressSpace.PageShift);
                if (!pages!.TryRead(window.Address + (nint)start, entries[..count]))
                {
                    return false;
                }

                for (var i = 0; i < count; i++)
                {
                    if (PageMap.IsTouched(entries[i]))
                    {
                        Restore(window, (uint)start + ((uint)i << AddressSpace.PageShift));
                        kept++;
                    }
                }

                if (kept > maxKept)
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>Writes the initial bytes of a page.</summary>
    private static void Restore(Window window, uint address)
    {
        // The page lies in a writable run, and the caller has the window to itself.
        var page = (byte*)window.Address + address;
        var content = window.Source.Layout.ReadWriteContent;
        if (address >= content.Address && address - content.Address < content.ContentEnd)
        {
            content.CopyTo(address - content.Address, new Span<byte>(page, (int)AddressSpace.PageSize));
        }
        else
        {
            NativeMemory.Clear(page, AddressSpace.PageSize);
        }
    }

    /// <summary>Gives all writable pages back to the system.</summary>
    private static void Discard(Window window)
    {
        var layout = window.Source.Layout;
        var isDiscarded = true;
        foreach (var run in layout.Writable)
        {
            // Pages that the process has locked are refused.
            var start = window.Address + (nint)run.Start;
            if (!LinuxMemory.Discard(start, (nuint)run.Length))
            {
                NativeMemory.Clear((byte*)start, (nuint)run.Length);
                isDiscarded = false;
            }
        }

        // What was mapped from a file reads as the file again, unless it has just been cleared.
        if (window.OwnsContent || !isDiscarded)
        {
            MemoryBacking.Write(layout.ReadWriteContent, (byte*)window.Address + layout.ReadWriteContent.Address);
        }
    }
}

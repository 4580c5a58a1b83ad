using System.Runtime.InteropServices;
using Pvm2.Runtime.Programs;

namespace Pvm2.Runtime.Memory;

/// <summary>Linux's account of which pages of this process are there: <c>/proc/self/pagemap</c>.</summary>
/// <remarks>Safe for use by many threads.</remarks>
public sealed unsafe partial class PageMap
{
    private const ulong Present = 1UL << 63;
    private const ulong Swapped = 1UL << 62;
    private const ulong OfFile = 1UL << 61;
    private const int ReadOnly = 0;
    private const int CloseOnExec = 0x8_0000;

    /// <summary>Pages looked at in one go: the answer is a page itself.</summary>
    private const int Step = 512;

    // Open as long as the process lives.
    private readonly int _file;

    private PageMap(int file) => _file = file;

    /// <summary>The account, opened when it is first asked for; null where the system keeps it from us.</summary>
    public static PageMap? Shared => Opened.Map;

    /// <summary>Opens the account.</summary>
    /// <returns>The account; null where the system keeps it from us.</returns>
    private static PageMap? TryOpen()
    {
        if (!OperatingSystem.IsLinux() || Environment.SystemPageSize != AddressSpace.PageSize)
        {
            return null;
        }

        fixed (byte* path = "/proc/self/pagemap"u8)
        {
            var file = Open(path, ReadOnly | CloseOnExec, 0);
            if (file < 0)
            {
                return null;
            }

            // A page of this thread's stack is there, whatever the account says.
            var entry = 0UL;
            var pages = new PageMap(file);
            return pages.TryRead((nint)(&entry), new Span<ulong>(ref entry)) && IsTouched(entry) ? pages : null;
        }
    }

    /// <summary>Reads what is said of pages.</summary>
    /// <param name="address">An address in the first page.</param>
    /// <param name="entries">One for each page; filled whole or useless.</param>
    public bool TryRead(nint address, Span<ulong> entries)
    {
        fixed (ulong* start = entries)
        {
            var size = (nint)entries.Length * sizeof(ulong);
            return ReadAt(_file, start, size, (address >> AddressSpace.PageShift) * sizeof(ulong)) == size;
        }
    }

    /// <summary>
    /// Whether a page of private memory may hold something else than when it was mapped: it is in memory or swapped
    /// out, and is not a page of a file, which would have been replaced when it was written to.
    /// </summary>
    public static bool IsTouched(ulong entry) => (entry & Swapped) != 0 || (entry & (Present | OfFile)) == Present;

    /// <summary>Says which parts of private memory may hold something else than when it was mapped.</summary>
    /// <param name="address">Where the first part begins, in the midst of a page or not.</param>
    /// <param name="parts">One for each part, which is as long as a page; filled whole or useless.</param>
    internal bool TryFindTouched(nint address, Span<bool> parts)
    {
        var straddle = address % AddressSpace.PageSize == 0 ? 0 : 1;
        Span<ulong> entries = stackalloc ulong[Step + 1];
        for (var first = 0; first < parts.Length; first += Step)
        {
            var count = Math.Min(Step, parts.Length - first);
            if (!TryRead(address + ((nint)first << AddressSpace.PageShift), entries[..(count + straddle)]))
            {
                return false;
            }

            for (var i = 0; i < count; i++)
            {
                parts[first + i] = IsTouched(entries[i]) || IsTouched(entries[i + straddle]);
            }
        }

        return true;
    }

    [LibraryImport("libc", EntryPoint = "open")]
    private static partial int Open(byte* path, int flags, int mode);

    [LibraryImport("libc", EntryPoint = "pread")]
    private static partial nint ReadAt(int file, void* buffer, nint size, nint offset);

    /// <summary>Puts opening off until it is needed, which is not at the start of a run.</summary>
    private static class Opened
    {
        internal static readonly PageMap? Map = TryOpen();
    }
}

using System.Runtime.InteropServices;

namespace Pvm2.Native.Memory;

/// <summary>Linux's account of which pages of this process are there: <c>/proc/self/pagemap</c>.</summary>
internal sealed unsafe partial class PageMap
{
    private const ulong Present = 1UL << 63;
    private const ulong Swapped = 1UL << 62;
    private const ulong OfFile = 1UL << 61;
    private const int ReadOnly = 0;
    private const int CloseOnExec = 0x8_0000;

    // Open as long as the process lives.
    private readonly int _file;

    private PageMap(int file) => _file = file;

    /// <summary>Opens the account.</summary>
    /// <returns>The account; none where the system keeps it from us.</returns>
    internal static PageMap? TryOpen()
    {
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
    internal bool TryRead(nint address, Span<ulong> entries)
    {
        fixed (ulong* start = entries)
        {
            var size = (nint)entries.Length * sizeof(ulong);
            return ReadAt(_file, start, size, (address >> 12) * sizeof(ulong)) == size;
        }
    }

    /// <summary>
    /// Whether a page of private memory may hold something else than when it was mapped: it is in memory or swapped
    /// out, and is not a page of a file, which would have been replaced when it was written to.
    /// </summary>
    internal static bool IsTouched(ulong entry) => (entry & Swapped) != 0 || (entry & (Present | OfFile)) == Present;

    [LibraryImport("libc", EntryPoint = "open")]
    private static partial int Open(byte* path, int flags, int mode);

    [LibraryImport("libc", EntryPoint = "pread")]
    private static partial nint ReadAt(int file, void* buffer, nint size, nint offset);
}

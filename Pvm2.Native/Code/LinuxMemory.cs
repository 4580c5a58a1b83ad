using System.Runtime.InteropServices;

namespace Pvm2.Native.Code;

/// <summary>The Linux system calls for memory that the tier needs, with what they take and give named.</summary>
internal static unsafe partial class LinuxMemory
{
    internal const int None = 0;
    internal const int Read = 1;
    internal const int Write = 2;
    internal const int Execute = 4;

    private const int Shared = 0x01;
    private const int Private = 0x02;
    private const int Fixed = 0x10;
    private const int Anonymous = 0x20;
    private const int NoReserve = 0x4000;
    private const int CloseOnExec = 1;
    private const int DontNeed = 4;
    private const int Remove = 9;
    private const int MayMove = 1;
    private const int MoveFixed = 2;

    /// <summary>Reserves addresses that nothing may touch yet.</summary>
    /// <returns>The first address, or zero if there is no room.</returns>
    internal static nint Reserve(nuint size) =>
        Checked(Map(0, size, None, Private | Anonymous | NoReserve, -1, 0));

    /// <summary>Whether so many addresses can be reserved at this moment.</summary>
    internal static bool CanReserve(nuint size)
    {
        var start = Reserve(size);
        return start != 0 && Unmap(start, size) == 0;
    }

    /// <summary>Turns reserved addresses into zeroed private memory with the given rights.</summary>
    internal static bool Commit(nint address, nuint size, int rights) =>
        Checked(Map(address, size, rights, Private | Anonymous | NoReserve | Fixed, -1, 0)) != 0;

    /// <summary>Maps a memory file at an address that the caller has reserved, or anywhere where that is zero.</summary>
    internal static nint MapFile(nint address, nuint size, int rights, int file, nint offset = 0) =>
        Checked(Map(address, size, rights, Shared | (address == 0 ? 0 : Fixed), file, offset));

    /// <summary>Maps zeroed memory that belongs to no file and of which there can be more than one mapping.</summary>
    /// <returns>Its address, readable and writable; zero if the system refuses.</returns>
    internal static nint MapShared(nuint size) => Checked(Map(0, size, Read | Write, Shared | Anonymous, -1, 0));

    /// <summary>Maps shared memory a second time, at reserved addresses, to be read and executed there.</summary>
    internal static bool MapAgainExecutable(nint memory, nuint size, nint address) =>
        Checked(Mremap(memory, 0, size, MayMove | MoveFixed, address)) != 0 && Protect(address, size, Read | Execute);

    /// <summary>Maps a memory file at reserved addresses; what is written goes to pages of the mapping's own.</summary>
    internal static bool MapFileCopy(nint address, nuint size, int rights, int file, nint offset) =>
        Checked(Map(address, size, rights, Private | NoReserve | Fixed, file, offset)) != 0;

    /// <summary>Makes a file that exists in memory alone.</summary>
    /// <param name="name">What the process's list of mappings calls it; a literal.</param>
    /// <param name="size">Its bytes.</param>
    /// <returns>Its descriptor, or a negative number.</returns>
    internal static int CreateFile(ReadOnlySpan<byte> name, nuint size)
    {
        // A literal in UTF-8 has a zero behind it.
        fixed (byte* text = name)
        {
            var file = MemoryFile(text, CloseOnExec);
            if (file >= 0 && Truncate(file, (nint)size) != 0)
            {
                _ = Close(file);
                return -1;
            }

            return file;
        }
    }

    /// <summary>Changes the rights of whole pages.</summary>
    internal static bool Protect(nint address, nuint size, int rights) => Mprotect(address, size, rights) == 0;

    /// <summary>Gives pages back; private ones read as zero again.</summary>
    internal static bool Discard(nint address, nuint size) => Madvise(address, size, DontNeed) == 0;

    /// <summary>Gives pages of shared memory back, in all its mappings.</summary>
    internal static bool DiscardShared(nint address, nuint size) => Madvise(address, size, Remove) == 0;

    [LibraryImport("libc", EntryPoint = "munmap")]
    internal static partial int Unmap(nint address, nuint size);

    [LibraryImport("libc", EntryPoint = "close")]
    internal static partial int Close(int file);

    private static nint Checked(nint address) => address == -1 ? 0 : address;

    [LibraryImport("libc", EntryPoint = "mmap")]
    private static partial nint Map(nint address, nuint size, int rights, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "mremap")]
    private static partial nint Mremap(nint address, nuint oldSize, nuint newSize, int flags, nint newAddress);

    [LibraryImport("libc", EntryPoint = "mprotect")]
    private static partial int Mprotect(nint address, nuint size, int rights);

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Madvise(nint address, nuint size, int advice);

    [LibraryImport("libc", EntryPoint = "memfd_create")]
    private static partial int MemoryFile(byte* name, uint flags);

    [LibraryImport("libc", EntryPoint = "ftruncate")]
    private static partial int Truncate(int file, nint size);
}

using Microsoft.Win32.SafeHandles;
using Pvm2.Native.Code;
using Pvm2.Runtime.Memory;
using Pvm2.Runtime.Programs;

namespace Pvm2.Native.Memory;

/// <summary>
/// A file in memory with the initial bytes of a program's regions, one region after the other, each from its first
/// page to the last one that is not all zero. Windows map its pages and so share them.
/// </summary>
/// <remarks>
/// Pages without initial bytes in between cost nothing until a guest touches them, and then a page once a program. The
/// file is closed when it is collected; what is mapped stays.
/// </remarks>
internal sealed unsafe class ContentFile
{
    private readonly SafeFileHandle _file;
    private readonly MemoryRegion[] _regions;

    private ContentFile(SafeFileHandle file, MemoryRegion[] regions)
    {
        _file = file;
        _regions = regions;
    }

    /// <summary>Bytes of a region that the file holds: whole pages.</summary>
    internal static nuint SizeOf(MemoryRegion region) =>
        (region.ContentEnd + (nuint)AddressSpace.PageSize - 1) & ~((nuint)AddressSpace.PageSize - 1);

    /// <summary>Makes the file.</summary>
    /// <returns>The file; none where the system refuses it.</returns>
    internal static ContentFile? TryCreate(MemoryRegion[] regions)
    {
        nuint size = 0;
        foreach (var region in regions)
        {
            size += SizeOf(region);
        }

        var descriptor = LinuxMemory.CreateFile("pvm2-data"u8, size);
        if (descriptor < 0)
        {
            return null;
        }

        var file = new SafeFileHandle(descriptor, ownsHandle: true);
        if (TryFill(descriptor, size, regions))
        {
            return new ContentFile(file, regions);
        }

        file.Dispose();
        return null;
    }

    /// <summary>Maps the initial bytes of a region: shared if they are only to be read, else private once written.</summary>
    /// <param name="region">One of the file's regions, with at least one byte.</param>
    /// <param name="address">Where to: reserved addresses.</param>
    /// <param name="rights">What the guest may do.</param>
    internal bool TryMap(MemoryRegion region, nint address, int rights)
    {
        nint offset = 0;
        for (var i = 0; _regions[i] != region; i++)
        {
            offset += (nint)SizeOf(_regions[i]);
        }

        // This object, and so the descriptor, is alive until the call returns.
        var descriptor = (int)_file.DangerousGetHandle();
        var isMapped = (rights & LinuxMemory.Write) == 0
            ? LinuxMemory.MapFile(address, SizeOf(region), rights, descriptor, offset) != 0
            : LinuxMemory.MapFileCopy(address, SizeOf(region), rights, descriptor, offset);
        GC.KeepAlive(this);
        return isMapped;
    }

    private static bool TryFill(int descriptor, nuint size, MemoryRegion[] regions)
    {
        var start = LinuxMemory.MapFile(0, size, LinuxMemory.Read | LinuxMemory.Write, descriptor);
        if (start == 0)
        {
            return false;
        }

        // The mapping is this method's own and holds every region up to its last initial byte.
        var position = start;
        foreach (var region in regions)
        {
            MemoryBacking.Write(region, (byte*)position);
            position += (nint)SizeOf(region);
        }

        return LinuxMemory.Unmap(start, size) == 0;
    }
}

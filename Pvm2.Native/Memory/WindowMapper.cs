using Pvm2.Native.Code;
using Pvm2.Runtime.Memory;
using Pvm2.Runtime.Programs;

namespace Pvm2.Native.Memory;

/// <summary>Maps the memory of one program into reserved addresses.</summary>
/// <remarks>
/// A program's first window gets copies of its initial bytes, which is the quickest way to a first run, and enough
/// where instances follow each other. As soon as a second window is needed the bytes go to a memory file, and windows
/// share its pages: for good where they are read-only, until they are written where they are not.
/// </remarks>
internal sealed unsafe class WindowMapper
{
    /// <summary>With more initial bytes than this the first window shares them too: making a file costs as much.</summary>
    private const int MaxCopiedBytes = 64 << 10;

    private const int ReadWrite = LinuxMemory.Read | LinuxMemory.Write;

    private readonly MemoryLayout _layout;
    private readonly MemoryRegion[] _regions;
    private readonly long _contentSize;
    private readonly Lock _lock = new();
    private ContentFile? _file;
    private bool _hasMapped;

    /// <summary>Gets ready to map what a layout says.</summary>
    internal WindowMapper(MemoryLayout layout)
    {
        _layout = layout;
        _regions = [.. layout.ReadOnlyContent, layout.ReadWriteContent];
        _contentSize = _regions.Sum(region => (long)ContentFile.SizeOf(region));
    }

    /// <summary>Maps everything, in its initial state.</summary>
    /// <param name="window">Reserved addresses; on failure they hold some mappings.</param>
    /// <param name="ownsContent">Whether the window has copies of the initial bytes.</param>
    internal bool TryMap(nint window, out bool ownsContent)
    {
        var file = FindFile();
        ownsContent = file is null;
        foreach (var run in _layout.Writable)
        {
            if (!LinuxMemory.Commit(window + (nint)run.Start, (nuint)run.Length, ReadWrite))
            {
                return false;
            }
        }

        foreach (var region in _layout.ReadOnlyContent)
        {
            if (region.Size != 0 && !TryMapReadOnly(window + (nint)region.Address, region, file))
            {
                return false;
            }
        }

        return TryFillReadWrite(window + (nint)_layout.ReadWriteContent.Address, _layout.ReadWriteContent, file);
    }

    private static bool TryMapReadOnly(nint start, MemoryRegion region, ContentFile? file)
    {
        if (file is null && region.ContentEnd != 0)
        {
            return TryCopyReadOnly(start, region);
        }

        var shared = file is null ? 0 : ContentFile.SizeOf(region);
        return (shared == 0 || file!.TryMap(region, start, LinuxMemory.Read))
            && (shared == region.Size || LinuxMemory.Commit(start + (nint)shared, region.Size - shared, LinuxMemory.Read));
    }

    private static bool TryCopyReadOnly(nint start, MemoryRegion region)
    {
        if (!LinuxMemory.Commit(start, region.Size, ReadWrite))
        {
            return false;
        }

        // The memory has just been mapped for the whole region, and nobody else has the window.
        MemoryBacking.Write(region, (byte*)start);
        return LinuxMemory.Protect(start, region.Size, LinuxMemory.Read);
    }

    private static bool TryFillReadWrite(nint start, MemoryRegion region, ContentFile? file)
    {
        if (file is not null)
        {
            return ContentFile.SizeOf(region) == 0 || file.TryMap(region, start, ReadWrite);
        }

        // The region lies in a writable run, which has just been mapped, and nobody else has the window.
        MemoryBacking.Write(region, (byte*)start);
        return true;
    }

    /// <summary>The file to share pages of; null where there is none, not yet or because the system refuses it.</summary>
    private ContentFile? FindFile()
    {
        lock (_lock)
        {
            if (_file is null && _contentSize != 0 && (_hasMapped || _contentSize > MaxCopiedBytes))
            {
                _file = ContentFile.TryCreate(_regions);
            }

            _hasMapped = true;
            return _file;
        }
    }
}

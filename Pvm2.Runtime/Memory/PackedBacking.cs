using System.Runtime.InteropServices;
using Pvm2.Runtime.Programs;

namespace Pvm2.Runtime.Memory;

/// <summary>One native allocation that holds the readable runs of a layout one after the other.</summary>
internal sealed unsafe class PackedBacking : MemoryBacking
{
    private readonly MemoryLayout _layout;

    /// <summary>Allocates memory for a layout; the operating system provides its pages when they are touched.</summary>
    /// <exception cref="OutOfMemoryException">There is not so much memory.</exception>
    internal PackedBacking(MemoryLayout layout)
    {
        _layout = layout;

        // At least a page, so that a program without memory has a backing like any other.
        SetHandle((nint)NativeMemory.AllocZeroed((nuint)Math.Max(layout.TotalSize, AddressSpace.PageSize)));
        foreach (var region in layout.ReadOnlyContent)
        {
            WriteContent(region);
        }

        WriteContent(layout.ReadWriteContent);
    }

    /// <inheritdoc/>
    public override byte* Locate(int run)
    {
        var start = (byte*)handle;
        foreach (var before in _layout.Readable[..run])
        {
            start += before.Length;
        }

        return start;
    }

    /// <inheritdoc/>
    public override void Reset()
    {
        foreach (var run in _layout.Writable)
        {
            NativeMemory.Clear(HostOf(run.Start), (nuint)run.Length);
        }

        WriteContent(_layout.ReadWriteContent);
    }

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        NativeMemory.Free((void*)handle);
        return true;
    }

    private void WriteContent(MemoryRegion region)
    {
        if (region.Size != 0)
        {
            Write(region, HostOf(region.Address));
        }
    }

    /// <summary>Where an address of the layout lies.</summary>
    private byte* HostOf(uint address)
    {
        var run = 0;
        while (!_layout.Readable[run].Contains(address))
        {
            run++;
        }

        return Locate(run) + (address - _layout.Readable[run].Start);
    }
}

using System.Runtime.InteropServices;
using Pvm2.Runtime.Programs;

namespace Pvm2.Runtime.Memory;

/// <summary>One native allocation that holds the readable runs of a layout one after the other.</summary>
internal sealed unsafe class PackedBacking : MemoryBacking
{
    private readonly ulong[] _offsets;

    /// <summary>Allocates memory for a layout; the operating system provides its pages when they are touched.</summary>
    /// <exception cref="OutOfMemoryException">There is not so much memory.</exception>
    internal PackedBacking(MemoryLayout layout)
    {
        _offsets = new ulong[layout.Readable.Length];
        var offset = 0UL;
        for (var run = 0; run < _offsets.Length; run++)
        {
            _offsets[run] = offset;
            offset += layout.Readable[run].Length;
        }

        // At least a page, so that a program without memory has a backing like any other.
        SetHandle((nint)NativeMemory.AllocZeroed((nuint)Math.Max(offset, AddressSpace.PageSize)));
    }

    /// <inheritdoc/>
    public override byte* Locate(int run) => (byte*)handle + _offsets[run];

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        NativeMemory.Free((void*)handle);
        return true;
    }
}

using Pvm2.Native.Code;
using Pvm2.Runtime.Memory;
using Pvm2.Runtime.Programs;

namespace Pvm2.Native.Memory;

/// <summary>
/// Guest memory in a window of the host's address space: guest address a lies at the window's start plus a, with the
/// rights that the program declared, and everything else in the window cannot be touched.
/// </summary>
/// <remarks>
/// Generated code reaches start + a with a taken modulo 2^32, plus at most 7 bytes of an access that begins at the
/// last address. So 4 GiB and one page that is never mapped contain whatever a guest can do; nothing lies before the
/// start that it could reach.
/// </remarks>
internal sealed unsafe class WindowBacking : MemoryBacking
{
    /// <summary>Bytes that a guest access can reach from the start of the window.</summary>
    /// <remarks>The tier runs in 64-bit processes alone, so the conversion loses nothing.</remarks>
    internal static readonly nuint ReachableBytes = unchecked((nuint)(AddressSpace.Size + AddressSpace.PageSize));

    private readonly MemoryLayout _layout;
    private readonly WindowPool _pool;

    /// <summary>Maps the runs of a layout, all zero and writable until <see cref="Seal"/>.</summary>
    /// <exception cref="InsufficientMemoryException">The system gives no more addresses or mappings.</exception>
    internal WindowBacking(MemoryLayout layout, WindowPool pool)
    {
        _layout = layout;
        _pool = pool;
        SetHandle(pool.Take());
        foreach (var run in layout.Readable)
        {
            if (!LinuxMemory.Commit(handle + (nint)run.Start, (nuint)run.Length, LinuxMemory.Read | LinuxMemory.Write))
            {
                throw new InsufficientMemoryException("The system refused to map the guest's memory.");
            }
        }
    }

    /// <inheritdoc/>
    public override byte* Window => (byte*)handle;

    /// <inheritdoc/>
    public override byte* Locate(int run) => Window + _layout.Readable[run].Start;

    /// <inheritdoc/>
    public override void Seal()
    {
        foreach (var readable in _layout.Readable)
        {
            var start = (ulong)readable.Start;
            foreach (var writable in _layout.Writable)
            {
                if (writable.Start >= start && writable.End <= readable.End)
                {
                    MakeReadOnly(start, writable.Start);
                    start = writable.End;
                }
            }

            MakeReadOnly(start, readable.End);
        }
    }

    /// <inheritdoc/>
    public override void Clear(byte* start, nuint length)
    {
        if (!LinuxMemory.Discard((nint)start, length))
        {
            base.Clear(start, length);
        }
    }

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        _pool.Return(handle, _layout);
        return true;
    }

    private void MakeReadOnly(ulong start, ulong end)
    {
        if (start < end && !LinuxMemory.Protect(handle + (nint)start, (nuint)(end - start), LinuxMemory.Read))
        {
            throw new InsufficientMemoryException("The system refused to protect the guest's read-only memory.");
        }
    }
}

using System.Buffers.Binary;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Programs;

namespace Pvm2.Runtime.Memory;

/// <summary>
/// The memory of one instance as its guest sees it: what the program did not declare cannot be read, what it declared
/// read-only cannot be written, and an access that would run past 2^32 − 1 fails.
/// </summary>
/// <remarks>Not safe for use by several threads at once. Using it after its instance was disposed throws.</remarks>
public sealed unsafe class GuestMemory
{
    private const int PagesAtOnce = 512;

    private readonly MemoryBacking _backing;
    private readonly MemoryRun[] _readable;
    private readonly MemoryRun[] _writable;

    /// <summary>Takes over the memory of an instance.</summary>
    /// <param name="layout">Its layout.</param>
    /// <param name="backing">Host memory in its initial state; the new object owns it.</param>
    internal GuestMemory(MemoryLayout layout, MemoryBacking backing)
    {
        _backing = backing;
        Layout = layout;
        _readable = new MemoryRun[layout.Readable.Length];
        for (var i = 0; i < _readable.Length; i++)
        {
            var range = layout.Readable[i];
            _readable[i] = new MemoryRun { Host = backing.Locate(i), Start = range.Start, End = range.End };
        }

        _writable = new MemoryRun[layout.Writable.Length];
        for (var i = 0; i < _writable.Length; i++)
        {
            var range = layout.Writable[i];
            _writable[i] = new MemoryRun { Host = HostOf(range.Start), Start = range.Start, End = range.End };
        }
    }

    /// <summary>Which addresses can be read and written.</summary>
    public MemoryLayout Layout { get; }

    /// <summary>Bytes that the program declared, in whole pages.</summary>
    public ulong Size => Layout.TotalSize;

    /// <summary>Copies bytes out of the guest's memory.</summary>
    /// <param name="address">First guest address.</param>
    /// <param name="destination">Filled whole, or left alone if the guest could not read all of the bytes.</param>
    /// <returns>Whether the guest could read all of the bytes; true where there are none.</returns>
    public bool TryRead(uint address, Span<byte> destination)
    {
        if (!TryGetSpan(address, (uint)destination.Length, out var source))
        {
            return false;
        }

        source.CopyTo(destination);
        return true;
    }

    /// <summary>Copies bytes into the guest's memory.</summary>
    /// <param name="address">First guest address.</param>
    /// <param name="source">Written whole, or not at all if the guest could not write all of the bytes.</param>
    /// <returns>Whether the guest could write all of the bytes; true where there are none.</returns>
    public bool TryWrite(uint address, ReadOnlySpan<byte> source)
    {
        if (!TryGetWritableSpan(address, (uint)source.Length, out var destination))
        {
            return false;
        }

        source.CopyTo(destination);
        return true;
    }

    /// <summary>Reads a little-endian 64-bit number.</summary>
    /// <returns>Whether the guest could read it.</returns>
    public bool TryReadUInt64(uint address, out ulong value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        var readable = TryRead(address, bytes);
        value = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        return readable;
    }

    /// <summary>Writes a little-endian 64-bit number.</summary>
    /// <returns>Whether the guest could write it.</returns>
    public bool TryWriteUInt64(uint address, ulong value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        return TryWrite(address, bytes);
    }

    /// <summary>Looks at guest memory in place.</summary>
    /// <param name="address">First guest address.</param>
    /// <param name="length">Number of bytes; any number may be asked for.</param>
    /// <param name="span">
    /// The bytes, empty on failure. It does not keep the instance alive: it may be used until the instance is
    /// disposed, which a <c>using</c> around both makes sure of, and inside a host call.
    /// </param>
    /// <returns>Whether the guest could read all of the bytes; true where there are none.</returns>
    public bool TryGetSpan(uint address, ulong length, out ReadOnlySpan<byte> span)
    {
        var found = TryResolve(_readable, address, length, out var bytes);
        span = bytes;
        return found;
    }

    /// <summary>Looks at guest memory in place, for writing.</summary>
    /// <inheritdoc cref="TryGetSpan"/>
    /// <returns>Whether the guest could write all of the bytes; true where there are none.</returns>
    public bool TryGetWritableSpan(uint address, ulong length, out Span<byte> span) =>
        TryResolve(_writable, address, length, out span);

    /// <summary>
    /// Counts the pages that were written to, by the guest, its host, or when the memory was made. To be used between runs.
    /// </summary>
    /// <returns>The number of pages of 4 KiB; null where the system does not tell.</returns>
    /// <exception cref="ObjectDisposedException">The instance was disposed.</exception>
    public long? CountTouchedPages()
    {
        ThrowIfDisposed();
        var touched = 0L;
        Span<bool> pages = stackalloc bool[PagesAtOnce];
        foreach (var run in Layout.Writable)
        {
            for (ulong start = run.Start; start < run.End; start += PagesAtOnce * AddressSpace.PageSize)
            {
                var some = pages[..(int)Math.Min(PagesAtOnce, (run.End - start) >> AddressSpace.PageShift)];
                if (PageMap.Shared?.TryFindTouched((nint)HostOf((uint)start), some) != true)
                {
                    return null;
                }

                touched += some.Count(true);
            }
        }

        return touched;
    }

    /// <summary>Makes the memory what it was at first.</summary>
    internal void Reset()
    {
        ThrowIfDisposed();
        _backing.Reset();
    }

    /// <summary>
    /// Says which pages may hold something else than at first, so that the others need not be looked at: looking would
    /// make the system provide them. All of them may where the system does not tell.
    /// </summary>
    /// <param name="address">Guest address of the first page, which lies in a readable run with all the others.</param>
    /// <param name="pages">One for each page; filled whole.</param>
    internal void FindTouched(uint address, Span<bool> pages)
    {
        // Backings hold private memory, mapped as zeros or as the initial bytes. What they wrote themselves is touched.
        ThrowIfDisposed();
        if (PageMap.Shared?.TryFindTouched((nint)HostOf(address), pages) != true)
        {
            pages.Fill(true);
        }
    }

    /// <summary>Tells a state where the memory is.</summary>
    internal void Describe(ref ExecutionState state)
    {
        state.Window = _backing.Window;
        state.SetMemory(_readable, _writable, MainRun(Layout.MainReadable), MainRun(Layout.MainWritable));
    }

    /// <summary>Keeps the memory from being freed until <see cref="Release"/>, whatever other threads dispose.</summary>
    /// <exception cref="ObjectDisposedException">It has been freed.</exception>
    internal void Acquire()
    {
        var added = false;
        _backing.DangerousAddRef(ref added);
    }

    /// <summary>Undoes one <see cref="Acquire"/>.</summary>
    internal void Release() => _backing.DangerousRelease();

    /// <summary>Frees the memory as soon as nobody has acquired it.</summary>
    internal void Dispose() => _backing.Dispose();

    private void ThrowIfDisposed() => ObjectDisposedException.ThrowIf(_backing.IsClosed, this);

    private bool TryResolve(MemoryRun[] runs, uint address, ulong length, out Span<byte> span)
    {
        ThrowIfDisposed();
        span = default;
        if (length == 0)
        {
            return true;
        }

        // The cap keeps the sum of address and length in 64 bits, and a span cannot be longer than 2 GiB anyway.
        var host = length <= int.MaxValue ? MemoryRun.Resolve(runs, address, length, out _) : null;
        if (host == null)
        {
            return false;
        }

        // The backing owns these bytes, Resolve has checked that they are inside it, and it has not been disposed.
        span = new Span<byte>(host, (int)length);
        return true;
    }

    private MemoryRun MainRun(AddressRange range) =>
        new() { Host = range.Length == 0 ? null : HostOf(range.Start), Start = range.Start, End = range.End };

    private byte* HostOf(uint address) => MemoryRun.Resolve(_readable, address, 1, out _);
}

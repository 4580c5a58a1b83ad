using System.Buffers;
using System.Runtime.InteropServices;

namespace Pvm2.Native.Tests.Kit;

/// <summary>Very many zeros, of which the system keeps a single page as long as they are only read.</summary>
/// <param name="count">How many.</param>
/// <remarks>The memory is this object's own until it is disposed of; spans of it have its length.</remarks>
internal sealed unsafe class ZeroedNumbers(int count) : MemoryManager<uint>
{
    private void* _start = NativeMemory.AllocZeroed((nuint)count, sizeof(uint));

    /// <inheritdoc/>
    public override Span<uint> GetSpan() => new(_start, count);

    /// <inheritdoc/>
    public override MemoryHandle Pin(int elementIndex = 0) => new((uint*)_start + elementIndex);

    /// <inheritdoc/>
    public override void Unpin()
    {
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        NativeMemory.Free(_start);
        _start = null;
    }
}

using Pvm2.Runtime.Memory;

namespace Pvm2.IlJit.Lowering;

/// <summary>
/// The main runs of a memory layout, as constants of the code: an access is made at once if it lies in them, and left
/// to the interpreter if it does not.
/// </summary>
internal sealed class MainMemory
{
    private readonly AddressRange _readable;
    private readonly AddressRange _writable;

    /// <summary>Takes the main runs of a layout.</summary>
    internal MainMemory(MemoryLayout layout)
    {
        _readable = layout.MainReadable;
        _writable = layout.MainWritable;
    }

    /// <summary>The guest address that is compared as 0.</summary>
    /// <param name="forStores">Whether bytes are to be written.</param>
    internal uint Start(bool forStores) => forStores ? _writable.Start : _readable.Start;

    /// <summary>
    /// How far the place that is compared as 0 lies behind the host address that
    /// <see cref="Runtime.Execution.ExecutionState.ReadBase"/> gives: the writable run is part of the readable one.
    /// </summary>
    internal uint Displacement(bool forStores) => forStores ? _writable.Start - _readable.Start : 0;

    /// <summary>At how many places from <see cref="Start"/> on so many bytes lie inside the run; at most 2^32 − 2^16.</summary>
    internal uint Places(bool forStores, uint bytes)
    {
        var length = forStores ? _writable.Length : _readable.Length;
        return length < bytes ? 0 : (uint)(length - bytes + 1);
    }
}

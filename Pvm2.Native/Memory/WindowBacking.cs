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

    private readonly Window _window;

    /// <summary>Takes over a window in its initial state.</summary>
    internal WindowBacking(Window window)
    {
        _window = window;
        SetHandle(window.Address);
    }

    /// <inheritdoc/>
    public override byte* Window => (byte*)handle;

    /// <inheritdoc/>
    public override byte* Locate(int run) => Window + _window.Source.Layout.Readable[run].Start;

    /// <inheritdoc/>
    public override void Reset() => _window.Source.Clean(_window);

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        _window.Source.Return(_window);
        return true;
    }
}

using System.Runtime.InteropServices;

namespace Pvm2.Runtime.Memory;

/// <summary>
/// The host memory behind the guest memory of one instance, all zero at first. It is freed once, when it is disposed
/// or finalised and no run holds a reference to it (<see cref="SafeHandle.DangerousAddRef"/>).
/// </summary>
internal abstract unsafe class MemoryBacking : SafeHandle
{
    protected MemoryBacking()
        : base(0, ownsHandle: true)
    {
    }

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <summary>Where the first byte of a readable run of the layout lies.</summary>
    /// <param name="run">The run's number.</param>
    internal abstract byte* Locate(int run);
}

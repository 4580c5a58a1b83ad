using System.Runtime.InteropServices;

namespace Pvm2.Runtime.Memory;

/// <summary>
/// The host memory behind the guest memory of one instance, all zero at first. It is freed once, when it is disposed
/// or finalised and no run holds a reference to it (<see cref="SafeHandle.DangerousAddRef"/>).
/// </summary>
public abstract unsafe class MemoryBacking : SafeHandle
{
    /// <summary>Makes a backing without memory; the derived class sets the handle.</summary>
    protected MemoryBacking()
        : base(0, ownsHandle: true)
    {
    }

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <summary>Where the first byte of a readable run of the layout lies.</summary>
    /// <param name="run">The run's number.</param>
    public abstract byte* Locate(int run);

    /// <summary>
    /// Host address of guest address 0 where every run lies at that distance from its guest addresses; null where the
    /// runs lie elsewhere.
    /// </summary>
    public virtual byte* Window => null;

    /// <summary>Called once, when what never changes has been written.</summary>
    public virtual void Seal()
    {
    }

    /// <summary>Makes a writable run of the layout all zero again.</summary>
    /// <param name="start">Host address of its first byte.</param>
    /// <param name="length">Its bytes, whole pages.</param>
    public virtual void Clear(byte* start, nuint length) => NativeMemory.Clear(start, length);
}

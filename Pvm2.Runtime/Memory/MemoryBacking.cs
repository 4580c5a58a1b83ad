using System.Runtime.InteropServices;
using Pvm2.Runtime.Programs;

namespace Pvm2.Runtime.Memory;

/// <summary>
/// The host memory behind the guest memory of one instance. It is freed once, when it is disposed or finalised and no
/// run holds a reference to it (<see cref="SafeHandle.DangerousAddRef"/>).
/// </summary>
/// <remarks>
/// The memory is private, and mapped as zeros or as the initial bytes; where other initial bytes are needed the backing
/// writes them. So a page that was not written since it was mapped is in its initial state.
/// </remarks>
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

    /// <summary>Makes every byte what the program declares that it is at first.</summary>
    public abstract void Reset();

    /// <summary>Writes the initial bytes of a region that are not zero.</summary>
    /// <param name="content">The region.</param>
    /// <param name="start">Where it lies: host memory of the region's size, which the caller owns and may write.</param>
    public static void Write(MemoryRegion content, byte* start)
    {
        ArgumentNullException.ThrowIfNull(content);
        foreach (var chunk in content.Chunks)
        {
            // Chunks lie in their region.
            chunk.Bytes.Span.CopyTo(new Span<byte>(start + chunk.Offset, chunk.Bytes.Length));
        }
    }
}

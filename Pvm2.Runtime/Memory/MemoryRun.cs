using System.Runtime.InteropServices;

namespace Pvm2.Runtime.Memory;

/// <summary>A run of guest addresses and the host memory behind it.</summary>
[StructLayout(LayoutKind.Sequential)]
public unsafe struct MemoryRun
{
    /// <summary>Where the first byte is in the host's memory.</summary>
    public byte* Host;

    /// <summary>The address after the last one, which may be 2^32.</summary>
    public ulong End;

    /// <summary>First guest address.</summary>
    public uint Start;

    /// <summary>Finds the host memory of an access, or the first byte of it that is not allowed.</summary>
    /// <param name="runs">Runs in ascending order with gaps between them: those that allow this kind of access.</param>
    /// <param name="address">First address of the access.</param>
    /// <param name="size">Bytes of the access, at least 1. Addresses wrap from 2^32 − 1 to 0.</param>
    /// <param name="faultAddress">The first address that no run has; meaningless if there is none.</param>
    /// <returns>Host memory of <paramref name="size"/> bytes, or null if the access faults.</returns>
    /// <remarks>
    /// No run lies at address 0, so that an access which wraps always faults, and there is a gap after every run, so
    /// that one which leaves its run faults at the run's end.
    /// </remarks>
    public static byte* Resolve(ReadOnlySpan<MemoryRun> runs, uint address, ulong size, out uint faultAddress)
    {
        foreach (ref readonly var run in runs)
        {
            if (address >= run.Start && address < run.End)
            {
                faultAddress = (uint)run.End;
                return address + size <= run.End ? run.Host + (address - run.Start) : null;
            }
        }

        faultAddress = address;
        return null;
    }
}

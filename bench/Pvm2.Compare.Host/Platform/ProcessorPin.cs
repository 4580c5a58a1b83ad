using System.Runtime.InteropServices;

namespace Pvm2.Compare.Host.Platform;

/// <summary>Keeps the thread that makes it on one processor, until it is disposed of on the same thread.</summary>
/// <remarks>Other threads stay free; one that is started by the bound thread meanwhile is bound too.</remarks>
internal sealed unsafe partial class ProcessorPin : IDisposable
{
    /// <summary>Bytes of a set of 1024 processors, which is what the C library's own type holds.</summary>
    private const int SetBytes = 128;

    private const int ThisThread = 0;

    private readonly byte[] _before;

    private ProcessorPin(byte[] before) => _before = before;

    /// <summary>Binds the calling thread.</summary>
    /// <param name="processor">The processor's number; null to leave the thread alone.</param>
    /// <returns>What frees it; null where it is not bound, because the system does not do this, or has no such processor.</returns>
    public static ProcessorPin? TryBind(int? processor)
    {
        if (processor is not (>= 0 and < SetBytes * 8) || !OperatingSystem.IsLinux())
        {
            return null;
        }

        var before = new byte[SetBytes];
        var wanted = new byte[SetBytes];
        wanted[processor.Value / 8] = (byte)(1 << (processor.Value % 8));
        return TryGet(before) && TrySet(wanted) ? new ProcessorPin(before) : null;
    }

    /// <summary>The processors that the calling thread may run on; empty where the system does not tell.</summary>
    public static IReadOnlyList<int> FindAllowed()
    {
        var set = new byte[SetBytes];
        if (!OperatingSystem.IsLinux() || !TryGet(set))
        {
            return [];
        }

        return [.. Enumerable.Range(0, SetBytes * 8).Where(processor => (set[processor / 8] >> (processor % 8) & 1) != 0)];
    }

    /// <summary>Lets the thread run where it might before.</summary>
    public void Dispose() => _ = TrySet(_before);

    private static bool TryGet(byte[] set)
    {
        fixed (byte* first = set)
        {
            return GetAffinity(ThisThread, SetBytes, first) == 0;
        }
    }

    private static bool TrySet(byte[] set)
    {
        fixed (byte* first = set)
        {
            return SetAffinity(ThisThread, SetBytes, first) == 0;
        }
    }

    // Both read or write exactly so many bytes at the address.
    [LibraryImport("libc", EntryPoint = "sched_getaffinity")]
    private static partial int GetAffinity(int thread, nuint size, byte* set);

    [LibraryImport("libc", EntryPoint = "sched_setaffinity")]
    private static partial int SetAffinity(int thread, nuint size, byte* set);
}

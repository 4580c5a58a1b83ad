using System.Runtime.InteropServices;

namespace Pvm2.Native.Code;

/// <summary>The base of the gs segment, through which generated code reaches the guest window. It is a thread's own.</summary>
internal static partial class SegmentBase
{
    private const int HardwareCapabilities2 = 26;
    private const int FsGsBase = 1 << 1;
    private const nint ArchPrctl = 158;
    private const int SetGs = 0x1001;

    /// <summary>Whether wrgsbase may be used outside the kernel.</summary>
    internal static bool CanWriteDirectly() => ((long)GetAuxiliaryValue(HardwareCapabilities2) & FsGsBase) != 0;

    /// <summary>
    /// Whether the base can be set for the calling thread. Asking sets it to zero, which is what it is in all threads
    /// that run no guest: nothing else uses this segment.
    /// </summary>
    internal static bool CanSet() => TrySet(0);

    /// <summary>Sets the base for the calling thread by a system call.</summary>
    internal static bool TrySet(nint window) => SystemCall(ArchPrctl, SetGs, window) == 0;

    [LibraryImport("libc", EntryPoint = "getauxval")]
    private static partial nuint GetAuxiliaryValue(nuint type);

    [LibraryImport("libc", EntryPoint = "syscall")]
    private static partial nint SystemCall(nint number, nint first, nint second);
}

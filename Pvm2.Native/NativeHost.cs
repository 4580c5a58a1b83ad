using System.Runtime.InteropServices;
using Pvm2.Native.Code;
using Pvm2.Native.Faults;
using Pvm2.Native.Memory;

namespace Pvm2.Native;

/// <summary>
/// What the native tier has once a process: the arena and the signal handler. A process has one handler of a signal,
/// so this cannot be an instance's.
/// </summary>
internal sealed class NativeHost
{
    private static readonly Lazy<(NativeHost? Host, string Reason)> Shared = new(Create);

    private NativeHost(CodeArena arena, bool writeGsBase)
    {
        Arena = arena;
        WriteGsBase = writeGsBase;
    }

    /// <summary>Why there is no host, as a sentence; empty where there is one.</summary>
    internal static string Reason => Shared.Value.Reason;

    /// <summary>The process's host, made when it is first asked for.</summary>
    internal static NativeHost? Current => Shared.Value.Host;

    /// <summary>Where all code lies.</summary>
    internal CodeArena Arena { get; }

    /// <summary>Guest windows that wait for an instance.</summary>
    internal WindowPool Windows { get; } = new();

    /// <summary>What makes windows fit for the next instance.</summary>
    internal WindowCleaner Cleaner { get; } = new(PageMap.TryOpen());

    /// <summary>Whether code may set the gs base itself.</summary>
    internal bool WriteGsBase { get; }

    private static (NativeHost? Host, string Reason) Create()
    {
        if (!OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture != Architecture.X64)
        {
            return (null, $"The native tier needs Linux on x86-64; this is {RuntimeInformation.RuntimeIdentifier}.");
        }

        var arena = CodeArena.TryCreate();
        if (arena is null)
        {
            return (null, "The system does not let this process map executable memory.");
        }

        return FaultHandler.TryInstall(arena)
            ? (new NativeHost(arena, SegmentBase.CanWriteDirectly()), string.Empty)
            : (null, "The handler of memory faults could not be installed.");
    }
}

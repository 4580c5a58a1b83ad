using System.Runtime.InteropServices;
using Pvm2.Native.Code;
using Pvm2.Native.Faults;
using Pvm2.Native.Memory;
using Pvm2.Runtime.Memory;

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
    internal WindowCleaner Cleaner { get; } = new(PageMap.Shared);

    /// <summary>Whether code may set the gs base itself.</summary>
    internal bool WriteGsBase { get; }

    private static (NativeHost? Host, string Reason) Create()
    {
        if (!OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture != Architecture.X64)
        {
            return (null, $"The native tier needs Linux on x86-64; this is {RuntimeInformation.RuntimeIdentifier}.");
        }

        try
        {
            return CreateOnLinux();
        }
        catch (Exception exception) when (
            exception is DllNotFoundException or EntryPointNotFoundException or OutOfMemoryException)
        {
            return (null, $"The system lacks what the native tier needs: {exception.Message}");
        }
    }

    private static (NativeHost? Host, string Reason) CreateOnLinux()
    {
        var writeGsBase = SegmentBase.CanWriteDirectly();
        if (!writeGsBase && !SegmentBase.CanSet())
        {
            return (null, "The system does not let this process set the base of the gs segment.");
        }

        if (!CodeArena.TryCreate(out var arena, out var reason))
        {
            return (null, reason);
        }

        // Every instance needs such a window, so that a process without room for one is better told at once.
        if (!LinuxMemory.CanReserve(WindowBacking.ReachableBytes))
        {
            arena.Dispose();
            return (null, "The system gives this process no 4 GiB of addresses for a guest.");
        }

        // Last, because it stays: an arena that the handler lies in is never given back.
        if (!FaultHandler.TryInstall(arena))
        {
            arena.Dispose();
            return (null, "The handler of memory faults could not be installed: there is none to pass other faults on to.");
        }

        return (new NativeHost(arena, writeGsBase), string.Empty);
    }
}

using System.Collections.Concurrent;
using Pvm2.Native.Code;
using Pvm2.Runtime.Memory;

namespace Pvm2.Native.Memory;

/// <summary>Windows that no instance uses at the moment, so that making one seldom asks the system for addresses.</summary>
/// <remarks>
/// A window in the pool has no page that can be touched and holds no memory: what an instance had mapped is unmapped
/// when it is returned.
/// </remarks>
internal sealed class WindowPool
{
    /// <summary>More than this are given back to the system: address space is plenty, but not endless.</summary>
    private const int MaxIdle = 64;

    private readonly ConcurrentBag<nint> _idle = [];

    /// <summary>Takes a window.</summary>
    /// <exception cref="InsufficientMemoryException">The system gives no more addresses.</exception>
    internal nint Take()
    {
        if (_idle.TryTake(out var window))
        {
            return window;
        }

        window = LinuxMemory.Reserve(WindowBacking.ReachableBytes);
        return window != 0 ? window : throw new InsufficientMemoryException("The system gave no addresses for a guest window.");
    }

    /// <summary>Puts a window back.</summary>
    /// <param name="layout">What was mapped in it.</param>
    internal void Return(nint window, MemoryLayout layout)
    {
        if (_idle.Count < MaxIdle && TryEmpty(window, layout))
        {
            _idle.Add(window);
        }
        else
        {
            _ = LinuxMemory.Unmap(window, WindowBacking.ReachableBytes);
        }
    }

    private static bool TryEmpty(nint window, MemoryLayout layout)
    {
        foreach (var run in layout.Readable)
        {
            if (!LinuxMemory.Commit(window + (nint)run.Start, (nuint)run.Length, LinuxMemory.None))
            {
                return false;
            }
        }

        return true;
    }
}

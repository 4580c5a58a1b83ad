using System.Diagnostics.CodeAnalysis;
using Pvm2.Native.Code;
using Pvm2.Runtime.Memory;

namespace Pvm2.Native.Memory;

/// <summary>Provides the windows of one program: used ones where there are, else new ones.</summary>
internal sealed class WindowSource : MemorySource
{
    /// <summary>
    /// Pages that an instance keeps when it is reset: 16 MiB. To clean a page by writing takes 0.06 µs, to give it back
    /// and have the next run fault 1.4 µs, whatever their number; so this bounds memory, not time.
    /// </summary>
    private const int MaxResetPages = 4096;

    /// <summary>Pages that an idle window keeps; see <see cref="WindowPool.MaxIdlePages"/> for all of them.</summary>
    private const int MaxIdlePages = 256;

    private readonly WindowPool _pool;
    private readonly WindowMapper _mapper;
    private readonly WindowCleaner _cleaner;

    /// <summary>Gets ready to provide windows; the first one is not yet made.</summary>
    internal WindowSource(MemoryLayout layout, WindowPool pool, WindowCleaner cleaner)
    {
        Layout = layout;
        _pool = pool;
        _mapper = new WindowMapper(layout);
        _cleaner = cleaner;
    }

    /// <summary>What is mapped in the windows.</summary>
    internal MemoryLayout Layout { get; }

    /// <summary>The idle windows of this program, the last used one last. The pool's lock guards them.</summary>
    internal List<Window> Idle { get; } = [];

    /// <inheritdoc/>
    public override MemoryBacking Create() => new WindowBacking(_pool.TryTake(this) ?? Map());

    /// <summary>Brings a window into its initial state, for the instance that has it.</summary>
    internal void Clean(Window window) => _ = _cleaner.Clean(window, MaxResetPages);

    /// <summary>Takes a window back from an instance.</summary>
    internal void Return(Window window)
    {
        window.IdlePages = _cleaner.Clean(window, MaxIdlePages);
        _pool.Return(window);
    }

    private Window Map()
    {
        if (!TryMap(out var window))
        {
            // Idle windows of others may have what the system has no more of: addresses, mappings, memory.
            _pool.Clear();
            if (!TryMap(out window))
            {
                throw new InsufficientMemoryException("The system refused to map the guest's memory.");
            }
        }

        return window;
    }

    private bool TryMap([NotNullWhen(true)] out Window? window)
    {
        window = null;
        var address = FindAddresses();
        if (address == 0)
        {
            return false;
        }

        if (_mapper.TryMap(address, out var ownsContent))
        {
            window = new Window(address, this, ownsContent);
            return true;
        }

        _ = LinuxMemory.Unmap(address, WindowBacking.ReachableBytes);
        return false;
    }

    /// <summary>Finds addresses for a window where nothing is mapped that can be touched; zero if there are none.</summary>
    private nint FindAddresses()
    {
        var old = _pool.TryTakeLongestIdle();
        if (old is null)
        {
            return LinuxMemory.Reserve(WindowBacking.ReachableBytes);
        }

        if (TryEmpty(old))
        {
            return old.Address;
        }

        _ = LinuxMemory.Unmap(old.Address, WindowBacking.ReachableBytes);
        return LinuxMemory.Reserve(WindowBacking.ReachableBytes);
    }

    /// <summary>
    /// Gives back what another program had in a window, but for the starts of runs that this program's mappings will
    /// replace: programs begin at the same addresses.
    /// </summary>
    private bool TryEmpty(Window old)
    {
        foreach (var run in old.Source.Layout.Readable)
        {
            var start = (ulong)run.Start;
            foreach (var replacing in Layout.Readable)
            {
                if (replacing.Contains(run.Start))
                {
                    start = Math.Min(run.End, replacing.End);
                }
            }

            if (start < run.End
                && !LinuxMemory.Commit(old.Address + (nint)start, (nuint)(run.End - start), LinuxMemory.None))
            {
                return false;
            }
        }

        return true;
    }
}

using Pvm2.Native.Code;

namespace Pvm2.Native.Memory;

/// <summary>
/// Windows that no instance has at the moment, each in the initial state of its program, so that the next instance of
/// the program takes it as it is.
/// </summary>
/// <remarks>
/// A lock guards the lists, here and in the sources; it is held for a few instructions, never while memory is mapped
/// or cleaned. A window is in the lists or has one owner, so what is done to a window outside the lock is undisturbed.
/// </remarks>
internal sealed class WindowPool : IDisposable
{
    /// <summary>Idle windows in a process; each takes addresses and up to a dozen of the process's mappings.</summary>
    internal const int MaxIdle = 256;

    /// <summary>
    /// With so many idle windows a new one is made of the longest idle one, which has page tables already: this saves
    /// a third of the time from the module to the end of the first run of a small program.
    /// </summary>
    internal const int EnoughIdle = 32;

    /// <summary>Pages that all idle windows may hold: 64 MiB.</summary>
    internal const long MaxIdlePages = 16384;

    /// <summary>A window that nobody wants for this long, or at most twice as long, goes back to the system.</summary>
    private static readonly TimeSpan TrimPeriod = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();

    // The longest idle one first.
    private readonly LinkedList<Window> _idle = [];
    private readonly Timer _timer;
    private long _idlePages;
    private long _ticks;
    private bool _isTicking;

    internal WindowPool() => _timer = new Timer(static pool => ((WindowPool)pool!).Trim(), this, Timeout.Infinite, Timeout.Infinite);

    /// <summary>Number of idle windows.</summary>
    internal int Count
    {
        get
        {
            lock (_lock)
            {
                return _idle.Count;
            }
        }
    }

    /// <summary>Takes the window of a program that was used last; null if none is idle.</summary>
    internal Window? TryTake(WindowSource source)
    {
        lock (_lock)
        {
            if (source.Idle.Count == 0)
            {
                return null;
            }

            var window = source.Idle[^1];
            source.Idle.RemoveAt(source.Idle.Count - 1);
            Forget(window);
            return window;
        }
    }

    /// <summary>Takes the longest idle window, whatever its program, to make another one of; null while there are few.</summary>
    internal Window? TryTakeLongestIdle()
    {
        lock (_lock)
        {
            return _idle.Count >= EnoughIdle ? TakeLongestIdle() : null;
        }
    }

    /// <summary>Puts a window back that is in its initial state, and gives up others if these become too many.</summary>
    internal void Return(Window window)
    {
        lock (_lock)
        {
            window.IdleSince = _ticks;
            window.Source.Idle.Add(window);
            _idle.AddLast(window.Place);
            _idlePages += window.IdlePages;
            if (!_isTicking)
            {
                _isTicking = true;
                _timer.Change(TrimPeriod, TrimPeriod);
            }
        }

        EvictWhile(static pool => pool._idle.Count > MaxIdle || pool._idlePages > MaxIdlePages);
    }

    /// <summary>Gives up all idle windows.</summary>
    internal void Clear() => EvictWhile(static _ => true);

    /// <summary>Gives up all idle windows, and does not look at those that come later.</summary>
    public void Dispose()
    {
        _timer.Dispose();
        Clear();
    }

    /// <summary>Gives up the windows that were idle at the last call already.</summary>
    internal void Trim()
    {
        EvictWhile(static pool => pool._idle.First!.Value.IdleSince < pool._ticks);
        lock (_lock)
        {
            _ticks++;
            if (_idle.Count == 0)
            {
                _isTicking = false;
                _timer.Change(Timeout.Infinite, Timeout.Infinite);
            }
        }
    }

    /// <summary>Gives up the longest idle window again and again.</summary>
    /// <param name="condition">Asked under the lock, and only while there is an idle window.</param>
    private void EvictWhile(Func<WindowPool, bool> condition)
    {
        while (true)
        {
            Window window;
            lock (_lock)
            {
                if (_idle.Count == 0 || !condition(this))
                {
                    return;
                }

                window = TakeLongestIdle();
            }

            _ = LinuxMemory.Unmap(window.Address, WindowBacking.ReachableBytes);
        }
    }

    private Window TakeLongestIdle()
    {
        var window = _idle.First!.Value;
        window.Source.Idle.Remove(window);
        Forget(window);
        return window;
    }

    private void Forget(Window window)
    {
        _idle.Remove(window.Place);
        _idlePages -= window.IdlePages;
    }
}

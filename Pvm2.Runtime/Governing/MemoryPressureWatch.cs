using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace Pvm2.Runtime.Governing;

/// <summary>
/// Lets a governor know of garbage collections while memory is short. Nobody refers to it, so every collection of its
/// generation, soon the oldest, finalises it; and each time it registers itself again, as long as the governor is
/// there.
/// </summary>
internal sealed class MemoryPressureWatch
{
    // Where memory stays short whatever is dropped, code is not to be compiled again after every collection.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    // A bare handle: a WeakReference would be finalised together with this object, and be empty from then on.
    private WeakGCHandle<Governor> _governor;
    private readonly Func<bool> _isMemoryShort;

    // As the stopwatch counts; 0 for never.
    private long _lastTrim;

    private MemoryPressureWatch(Governor governor, Func<bool> isMemoryShort)
    {
        _governor = new WeakGCHandle<Governor>(governor);
        _isMemoryShort = isMemoryShort;
    }

    /// <summary>Tells the governor, after the next collection or a later one, whether memory is short.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "An exception here would end the process, for want of memory at that.")]
    ~MemoryPressureWatch()
    {
        if (!_governor.TryGetTarget(out var governor) || governor.IsDisposed)
        {
            _governor.Dispose();
            return;
        }

        try
        {
            if (_isMemoryShort() && (_lastTrim == 0 || Stopwatch.GetElapsedTime(_lastTrim) > Pause))
            {
                _lastTrim = Stopwatch.GetTimestamp();

                // Not here: all finalizers of the process wait for this one.
                ThreadPool.UnsafeQueueUserWorkItem(static governor => Trim(governor), governor, preferLocal: false);
            }
        }
        catch (Exception)
        {
            // The next collection is another attempt.
        }

        GC.ReRegisterForFinalize(this);
    }

    /// <summary>Begins to watch for a governor, until that is disposed of or collected.</summary>
    /// <param name="governor">The governor.</param>
    /// <param name="isMemoryShort">Whether memory is short.</param>
    internal static void Start(Governor governor, Func<bool> isMemoryShort) => _ = new MemoryPressureWatch(governor, isMemoryShort);

    /// <summary>Whether the runtime itself would say that the machine, or what it may use of it, is almost full.</summary>
    internal static bool IsMemoryShort()
    {
        var info = GC.GetGCMemoryInfo();
        return info.MemoryLoadBytes >= info.HighMemoryLoadThresholdBytes;
    }

    [SuppressMessage("Design", "CA1031", Justification = "An exception here would end the process, for want of memory at that.")]
    private static void Trim(Governor governor)
    {
        try
        {
            _ = governor.Trim();
        }
        catch (Exception)
        {
            // Some was dropped; the next collection is another attempt.
        }
    }
}

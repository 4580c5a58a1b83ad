using System.Diagnostics;

namespace Pvm2.Runtime.Execution;

/// <summary>
/// How much gas a metered run that can be stopped gets at a time. Code with metering asks nobody whether to stop, which
/// would cost something in every block; it comes up when it has used up what it was given. So it is given as much as lasts
/// for a fraction of a millisecond, and how much that is shows from how long the last amount lasted.
/// </summary>
internal struct GasPacer
{
    /// <summary>
    /// The first amount, and the least that is worth the way out and in again. A guest that touches new pages as fast as it
    /// can, the most time that gas can buy, takes less than a millisecond for it.
    /// </summary>
    private const ulong Shortest = 1 << 10;

    /// <summary>
    /// The largest amount: a guest may turn from the cheapest instructions to the dearest in the midst of it.
    /// </summary>
    private const ulong Longest = 1 << 15;

    private static readonly long ShortTime = Stopwatch.Frequency / 20_000;
    private static readonly long LongTime = Stopwatch.Frequency / 5_000;

    private readonly bool _isPaced;

    // As the stopwatch counts; 0 for none.
    private readonly long _deadline;
    private ulong _amount;
    private long _dealtAt;

    private GasPacer(bool isPaced, long deadline)
    {
        _isPaced = isPaced;
        _deadline = deadline;
    }

    /// <summary>Whether the run's time is over.</summary>
    internal readonly bool IsTimeOver => _deadline != 0 && Stopwatch.GetTimestamp() >= _deadline;

    /// <summary>Begins to pace a metered run. One that is not metered gets the default value, which paces nothing.</summary>
    internal static GasPacer Start(in RunLimits limits) => new(
        limits.Cancellation.CanBeCanceled || limits.Time is not null,
        limits.Time is { } time ? DeadlineAfter(time) : 0);

    /// <summary>How much gas to deal out now.</summary>
    internal ulong Next()
    {
        if (!_isPaced)
        {
            return ulong.MaxValue;
        }

        var now = Stopwatch.GetTimestamp();
        var elapsed = now - _dealtAt;
        _amount = elapsed < ShortTime ? Math.Min(2 * _amount, Longest) : elapsed > LongTime ? _amount / 2 : _amount;
        _amount = Math.Max(_amount, Shortest);
        _dealtAt = now;
        return _amount;
    }

    private static long DeadlineAfter(TimeSpan time)
    {
        var (now, ticks) = (Stopwatch.GetTimestamp(), time.TotalSeconds * Stopwatch.Frequency);
        return ticks < long.MaxValue - now - Stopwatch.Frequency ? now + (long)ticks : 0;
    }
}

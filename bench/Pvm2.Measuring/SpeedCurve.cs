namespace Pvm2.Measuring;

/// <summary>How fast a <see cref="LongGuest"/> was, and when.</summary>
public static class SpeedCurve
{
    private const double NanosecondsOfMillisecond = 1e6;

    /// <summary>
    /// Where the intervals of a curve end, in milliseconds; the first begins at 0, each other where the one before ends.
    /// They are about evenly spaced on a logarithmic scale.
    /// </summary>
    public static IReadOnlyList<double> Ends { get; } =
    [
        0.05, 0.07, 0.1, 0.15, 0.2, 0.3, 0.5, 0.7, 1, 1.5, 2, 3, 5, 7, 10, 15, 20, 30, 50, 70, 100, 150, 200,
    ];

    /// <summary>Instructions a nanosecond within an interval: what was done in it, divided by all of its length.</summary>
    /// <param name="run">The stretches of a run, in their order.</param>
    /// <param name="instructions">Instructions of a stretch.</param>
    /// <param name="start">Milliseconds.</param>
    /// <param name="end">Milliseconds, more than <paramref name="start"/>.</param>
    /// <returns>
    /// The speed. It counts as none while the program is still compiled; not a number where the interval has no part of any
    /// stretch.
    /// </returns>
    public static double SpeedWithin(IReadOnlyList<Stretch> run, long instructions, double start, double end)
    {
        var stretches = 0.0;
        foreach (var stretch in run)
        {
            var common = Math.Min(stretch.End, end) - Math.Max(stretch.Start, start);
            stretches += common > 0 ? common / (stretch.End - stretch.Start) : 0;
        }

        return stretches == 0 ? double.NaN : stretches * instructions / ((end - start) * NanosecondsOfMillisecond);
    }
}

namespace Pvm2.Benchmarks.Measuring;

/// <summary>The series of a whole run of the program. What was not measured has no samples.</summary>
/// <param name="series">At most one a key, all of the same rounds.</param>
internal sealed class Measurements(IReadOnlyList<Series> series)
{
    private readonly Dictionary<SeriesKey, Series> _byKey = series.ToDictionary(one => one.Key);

    /// <summary>All series.</summary>
    public IReadOnlyList<Series> All => series;

    /// <summary>Microseconds, round by round; empty if it was not measured.</summary>
    public double[] Microseconds(SeriesKey key) =>
        _byKey.TryGetValue(key, out var found) ? [.. found.Samples.Select(sample => sample / 1000)] : [];

    /// <summary>Microseconds, summed up.</summary>
    public Summary Summarise(SeriesKey key) => Summary.Of(Microseconds(key));

    /// <summary>
    /// How many times longer one takes than another, round by round: a moment in which the machine is slow hits both.
    /// </summary>
    /// <returns>The ratios; empty if one was not measured.</returns>
    public double[] Ratios(SeriesKey one, SeriesKey other) =>
        [.. Microseconds(one).Zip(Microseconds(other), static (x, y) => x / y)];
}

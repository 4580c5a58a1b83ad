namespace Pvm2.Measuring;

/// <summary>What a series of samples is summed up by.</summary>
public static class Statistics
{
    /// <summary>The middle sample, or the mean of the two in the middle; not a number where there are none.</summary>
    public static double Median(IReadOnlyCollection<double> samples) => Percentile(samples, 50);

    /// <summary>The value below which a share of the samples lies, between two samples on the line that joins them.</summary>
    /// <param name="samples">In any order.</param>
    /// <param name="percent">0 for the least to 100 for the greatest.</param>
    /// <returns>The value; not a number where there are no samples.</returns>
    public static double Percentile(IReadOnlyCollection<double> samples, double percent)
    {
        if (samples.Count == 0)
        {
            return double.NaN;
        }

        var sorted = samples.Order().ToArray();
        var place = (sorted.Length - 1) * percent / 100;
        var below = (int)place;
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((sorted[above] - sorted[below]) * (place - below));
    }

    /// <summary>The mean by which ratios are averaged; not a number where there are none.</summary>
    /// <param name="values">Greater than zero.</param>
    public static double GeometricMean(IReadOnlyCollection<double> values) =>
        values.Count == 0 ? double.NaN : Math.Exp(values.Average(Math.Log));

    /// <summary>The quotients of two series of samples, round by round, so that a slow moment of the machine hits both.</summary>
    /// <param name="above">What is divided, in the order of the rounds.</param>
    /// <param name="below">What it is divided by, in the order of the rounds.</param>
    /// <returns>One for each round that both have.</returns>
    public static IReadOnlyList<double> Ratios(IReadOnlyList<double> above, IReadOnlyList<double> below) =>
        [.. above.Zip(below, (upper, lower) => upper / lower)];

    /// <summary>The slope of the straight line with the least squares of distances to points; not a number for fewer than two.</summary>
    /// <param name="x">Where the points are; not all alike.</param>
    /// <param name="y">Their values, as many.</param>
    public static double Slope(IReadOnlyList<double> x, IReadOnlyList<double> y)
    {
        if (x.Count < 2)
        {
            return double.NaN;
        }

        var meanX = x.Average();
        var meanY = y.Average();
        var products = x.Zip(y, (a, b) => (a - meanX) * (b - meanY)).Sum();
        return products / x.Sum(a => (a - meanX) * (a - meanX));
    }
}

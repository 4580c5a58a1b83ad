namespace Pvm2.Measuring;

/// <summary>The median of samples, and an interval that holds the true median with a known probability.</summary>
/// <remarks>
/// The interval is that of the order statistics, and exact whatever the distribution, as long as samples are independent.
/// Each sample lies below the true median with probability 1/2, so that the number that do is binomial. The interval from
/// the k-th least to the k-th greatest of n samples misses the median with probability 2·P(B ≤ k − 1), B ~ Bin(n, 1/2).
/// k is the greatest for which that is no more than 5 %. With fewer than six samples there is none; then k is 1 and
/// <see cref="Coverage"/> says what the interval is worth.
/// </remarks>
/// <param name="Median">The middle sample, or the mean of the two in the middle.</param>
/// <param name="Low">The lower end of the interval.</param>
/// <param name="High">The upper end of the interval.</param>
/// <param name="Coverage">The probability with which the interval holds the true median: 0.95 or more from six samples on.</param>
public readonly record struct MedianInterval(double Median, double Low, double High, double Coverage)
{
    private const double Confidence = 0.95;
    private const int Replicates = 1000;

    /// <summary>What there is to say without samples: nothing is a number.</summary>
    public static MedianInterval None { get; } = new(double.NaN, double.NaN, double.NaN, 0);

    /// <summary>Whether there are samples.</summary>
    public bool Exists => !double.IsNaN(Median);

    /// <summary>Whether the interval holds the true median with the probability of 95 % or more.</summary>
    public bool IsSure => Coverage >= Confidence;

    /// <summary>Sums up samples in any order.</summary>
    public static MedianInterval Of(IReadOnlyCollection<double> samples)
    {
        if (samples.Count == 0)
        {
            return None;
        }

        var sorted = samples.Order().ToArray();
        var rank = RankOf(sorted.Length);
        return new(Statistics.Median(sorted), sorted[rank - 1], sorted[^rank], CoverageOf(sorted.Length, rank));
    }

    /// <summary>The ratio of two figures: the median of the ratios within a round.</summary>
    /// <param name="above">What is divided, in the order of the rounds.</param>
    /// <param name="below">What it is divided by, in the order of the rounds.</param>
    public static MedianInterval OfRatios(IReadOnlyList<double> above, IReadOnlyList<double> below) =>
        Of(Statistics.Ratios(above, below));

    /// <summary>The geometric mean of the medians of several series, with an interval by bootstrap.</summary>
    /// <remarks>
    /// Samples are drawn anew from each series, with replacement, a thousand times, and the interval holds all but 2.5 % of
    /// the means at either end. It is good to know roughly how sure the mean is; with fewer than six samples a series it is
    /// worth no more than the interval of a single median, whose coverage it is given. The draws are the same every time.
    /// </remarks>
    /// <param name="series">Samples greater than zero of figures that were measured independently.</param>
    public static MedianInterval OfGeometricMean(IReadOnlyCollection<IReadOnlyList<double>> series)
    {
        if (series.Count == 0 || series.Any(samples => samples.Count == 0))
        {
            return None;
        }

        var random = new Random(1);
        double[] means = [.. Enumerable.Range(0, Replicates).Select(_ => Math.Exp(series.Average(samples => Math.Log(DrawMedian(samples, random)))))];
        var rounds = series.Min(samples => samples.Count);
        return new(
            Statistics.GeometricMean([.. series.Select(Statistics.Median)]),
            Statistics.Percentile(means, 100 * (1 - Confidence) / 2),
            Statistics.Percentile(means, 100 * (1 + Confidence) / 2),
            CoverageOf(rounds, RankOf(rounds)));
    }

    /// <summary>Which sample from either end the interval begins and ends with, from 1 for the least and the greatest.</summary>
    /// <param name="count">Samples: at least one.</param>
    public static int RankOf(int count)
    {
        var rank = 1;
        while (rank < (count + 1) / 2 && CoverageOf(count, rank + 1) >= Confidence)
        {
            rank++;
        }

        return rank;
    }

    /// <summary>The same in another unit.</summary>
    /// <param name="unit">What one of the new unit is in the old; greater than zero.</param>
    public MedianInterval In(double unit) => new(Median / unit, Low / unit, High / unit, Coverage);

    /// <summary>The median of as many samples, drawn with replacement.</summary>
    private static double DrawMedian(IReadOnlyList<double> samples, Random random)
    {
        var drawn = new double[samples.Count];
        for (var i = 0; i < drawn.Length; i++)
        {
            drawn[i] = samples[random.Next(samples.Count)];
        }

        Array.Sort(drawn);
        return (drawn[(drawn.Length - 1) / 2] + drawn[drawn.Length / 2]) / 2;
    }

    /// <summary>1 − 2·P(B ≤ rank − 1). The terms are added up from their logarithms: 2⁻ⁿ itself may be too small for a number.</summary>
    private static double CoverageOf(int count, int rank)
    {
        var logarithm = -count * Math.Log(2);
        var below = 0.0;
        for (var successes = 0; successes < rank; successes++)
        {
            below += Math.Exp(logarithm);
            logarithm += Math.Log((double)(count - successes) / (successes + 1));
        }

        return Math.Max(0, 1 - (2 * below));
    }
}

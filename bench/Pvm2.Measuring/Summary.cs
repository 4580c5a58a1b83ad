namespace Pvm2.Measuring;

/// <summary>The median of samples and how far they spread.</summary>
/// <param name="Median">The middle.</param>
/// <param name="Low">The 10th percentile.</param>
/// <param name="High">The 90th percentile.</param>
public readonly record struct Summary(double Median, double Low, double High)
{
    /// <summary>Sums up samples; of none, everything is not a number.</summary>
    public static Summary Of(IReadOnlyCollection<double> samples) => new(
        Statistics.Median(samples), Statistics.Percentile(samples, 10), Statistics.Percentile(samples, 90));
}

using Pvm2.Measuring;

namespace Pvm2.Compare.Baselines;

/// <summary>A ratio of the baseline and what it is now.</summary>
/// <param name="Entry">The ratio when the baseline was made.</param>
/// <param name="Now">The ratio now; <see cref="MedianInterval.None"/> where it was not measured.</param>
public sealed record BaselineRow(BaselineEntry Entry, MedianInterval Now)
{
    /// <summary>The greatest ratio that is no regression.</summary>
    public double Allowed => Entry.Ratio * (1 + Entry.Tolerance);

    /// <summary>What became of the ratio.</summary>
    public Verdict Verdict => Now switch
    {
        { IsSure: false } => Verdict.NotMeasured,
        { Low: var low } when low > Allowed => Verdict.Worse,
        { High: var high } when high < Entry.Ratio / (1 + Entry.Tolerance) => Verdict.Better,
        _ => Verdict.Same,
    };
}

using Pvm2.Compare.Results;
using Pvm2.Measuring;

namespace Pvm2.Compare.Reports;

/// <summary>How compile time grows with program size.</summary>
internal static class GrowthExponent
{
    /// <summary>The exponent e of time = c · bytesᵉ, fitted over the logarithms round by round.</summary>
    public static MedianInterval Of(IReadOnlyList<CompilePoint> points)
    {
        var rounds = points.Count == 0 ? 0 : points.Min(point => point.Nanoseconds.Count);
        if (points.Count < 2 || rounds == 0)
        {
            return MedianInterval.None;
        }

        return MedianInterval.Of([.. Enumerable.Range(0, rounds).Select(round => Fit(points, round))]);
    }

    private static double Fit(IReadOnlyList<CompilePoint> points, int round) => Statistics.Slope(
        [.. points.Select(point => Math.Log(point.CodeBytes))], [.. points.Select(point => Math.Log(point.Nanoseconds[round]))]);
}

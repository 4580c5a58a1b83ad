using Pvm2.Compare.Results;
using Pvm2.Measuring;

namespace Pvm2.Compare.Charts;

/// <summary>How fast a long guest runs some time after its start.</summary>
internal static class WarmUpChart
{
    private const double Headroom = 1.05;

    /// <summary>What there is to draw.</summary>
    public static IReadOnlyList<ChartPoint> PointsOf(ResultFile results) =>
    [
        .. results.WarmUp
            .Where(point => point.Speeds.Count > 0)
            .Select(point => new ChartPoint(point.Engine, point.Milliseconds, Statistics.Median(point.Speeds))),
    ];

    /// <summary>Draws it.</summary>
    /// <param name="points">At least one.</param>
    public static ChartCanvas Draw(ResultFile results, IReadOnlyList<ChartPoint> points)
    {
        var canvas = new ChartCanvas("Warm-up of a long run", results.Machine);
        SeriesPlot.Draw(canvas, results, points, "ms since the start (logarithmic)", static speed => speed);
        canvas.SetLeft("guest instructions a nanosecond, median (higher is better)", Headroom * points.Max(point => point.Value));
        return canvas;
    }
}

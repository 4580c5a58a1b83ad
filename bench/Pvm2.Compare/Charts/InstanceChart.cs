using Pvm2.Compare.Results;
using Pvm2.Measuring;

namespace Pvm2.Compare.Charts;

/// <summary>Many instances: time or memory of one against their number.</summary>
internal static class InstanceChart
{
    private const double Microsecond = 1000;

    private const double Kibibyte = 1024;

    private const string Bottom = "instances alive at once (logarithmic)";

    /// <summary>What there is to draw of the time, in microseconds.</summary>
    public static IReadOnlyList<ChartPoint> TimesOf(ResultFile results) =>
        PointsOf(results, point => Statistics.Median(point.Nanoseconds) / Microsecond);

    /// <summary>What there is to draw of the memory, in KiB.</summary>
    public static IReadOnlyList<ChartPoint> MemoryOf(ResultFile results) =>
        PointsOf(results, point => Statistics.Median(point.ResidentBytes) / Kibibyte);

    /// <summary>Draws the time of an instance.</summary>
    /// <param name="points">At least one.</param>
    public static ChartCanvas DrawTime(ResultFile results, IReadOnlyList<ChartPoint> points)
    {
        var canvas = new ChartCanvas("Time of an instance and its first run", results.Machine);
        SeriesPlot.Draw(canvas, results, points, Bottom, "µs an instance, median (logarithmic; lower is better)");
        return canvas;
    }

    /// <summary>Draws the memory of an instance.</summary>
    /// <param name="points">At least one.</param>
    public static ChartCanvas DrawMemory(ResultFile results, IReadOnlyList<ChartPoint> points)
    {
        var canvas = new ChartCanvas("Resident memory of an instance that has run", results.Machine);
        SeriesPlot.Draw(canvas, results, points, Bottom, "KiB an instance, median (logarithmic; lower is better)");
        return canvas;
    }

    /// <summary>What can be drawn: a figure that is not above zero, as where the process had the memory before, has no place on the axis.</summary>
    private static ChartPoint[] PointsOf(ResultFile results, Func<InstancePoint, double> value) =>
        [.. results.Instances.Select(point => new ChartPoint(point.Engine, point.Count, value(point))).Where(point => point.Value > 0)];
}

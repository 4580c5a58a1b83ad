using Pvm2.Compare.Results;
using Pvm2.Measuring;

namespace Pvm2.Compare.Charts;

/// <summary>Compiling against program size: time or memory.</summary>
internal static class SizeChart
{
    private const double Millisecond = 1_000_000;

    private const double Mebibyte = 1 << 20;

    private const string Bottom = "code, bytes in the engine's own format (logarithmic)";

    /// <summary>What there is to draw of the time, in milliseconds.</summary>
    public static IReadOnlyList<ChartPoint> TimesOf(ResultFile results) =>
        PointsOf(results, point => Statistics.Median(point.Nanoseconds) / Millisecond);

    /// <summary>What there is to draw of the memory, in MiB.</summary>
    public static IReadOnlyList<ChartPoint> MemoryOf(ResultFile results) =>
        PointsOf(results, point => Statistics.Median(point.PeakBytes) / Mebibyte);

    /// <summary>Draws the time of a compilation.</summary>
    /// <param name="points">At least one.</param>
    public static ChartCanvas DrawTime(ResultFile results, IReadOnlyList<ChartPoint> points)
    {
        var canvas = new ChartCanvas("Compile time against program size", results.Machine);
        SeriesPlot.Draw(canvas, results, points, Bottom, "ms, median (logarithmic; lower is better)");
        canvas.AddSlopeOfOne("proportional to size", points);
        return canvas;
    }

    /// <summary>Draws the memory of a compilation.</summary>
    /// <param name="points">At least one.</param>
    public static ChartCanvas DrawMemory(ResultFile results, IReadOnlyList<ChartPoint> points)
    {
        var canvas = new ChartCanvas("Memory of one compilation against program size", results.Machine);
        SeriesPlot.Draw(canvas, results, points, Bottom, "growth of peak resident memory, MiB, median (logarithmic; lower is better)");
        return canvas;
    }

    /// <summary>What can be drawn: growth of zero has no place on the axis.</summary>
    private static ChartPoint[] PointsOf(ResultFile results, Func<CompilePoint, double> value) =>
        [.. results.Compiling.Select(point => new ChartPoint(point.Engine, point.CodeBytes, value(point))).Where(point => point.Value > 0)];
}

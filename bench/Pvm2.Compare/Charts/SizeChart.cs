using Pvm2.Compare.Results;
using Pvm2.Measuring;

namespace Pvm2.Compare.Charts;

/// <summary>Compiling against program size: time or memory.</summary>
internal static class SizeChart
{
    private const double Millisecond = 1_000_000;

    private const double Mebibyte = 1 << 20;

    /// <summary>Draws the time of a compilation.</summary>
    public static ChartCanvas DrawTime(ResultFile results)
    {
        var canvas = new ChartCanvas("Compile time against program size", results.Machine);
        var points = PointsOf(results, point => Statistics.Median(point.Nanoseconds) / Millisecond);
        SeriesPlot.Draw(canvas, results, points, "code, bytes in the engine's own format (logarithmic)", "ms, median (logarithmic; lower is better)");
        canvas.AddSlopeOfOne("proportional to size", points);
        return canvas;
    }

    /// <summary>Draws the memory of a compilation.</summary>
    public static ChartCanvas DrawMemory(ResultFile results)
    {
        var canvas = new ChartCanvas("Memory of one compilation against program size", results.Machine);
        var points = PointsOf(results, point => Statistics.Median(point.PeakBytes) / Mebibyte);
        SeriesPlot.Draw(canvas, results, points, "code, bytes in the engine's own format (logarithmic)", "growth of peak resident memory, MiB, median (logarithmic; lower is better)");
        return canvas;
    }

    private static ChartPoint[] PointsOf(ResultFile results, Func<CompilePoint, double> value) =>
        [.. results.Compiling.Select(point => new ChartPoint(point.Engine, point.CodeBytes, value(point))).Where(point => point.Value > 0)];
}

using Pvm2.Compare.Results;
using Pvm2.Measuring;

namespace Pvm2.Compare.Charts;

/// <summary>How fast a long guest runs some time after its start.</summary>
internal static class WarmUpChart
{
    private const float LineWidth = 2;

    /// <summary>Draws it.</summary>
    public static ChartCanvas Draw(ResultFile results)
    {
        var canvas = new ChartCanvas("Warm-up of a long run", results.Machine);
        ChartPoint[] points = [.. results.WarmUp
            .Where(point => point.Speeds.Count > 0)
            .Select(point => new ChartPoint(point.Engine, point.Milliseconds, Statistics.Median(point.Speeds)))];
        var styles = Palette.Of(results);
        foreach (var engine in results.Engines)
        {
            ChartPoint[] line = [.. points.Where(point => point.Engine == engine.Id).OrderBy(point => point.Place)];
            if (line.Length > 0)
            {
                double[] x = [.. line.Select(point => LogAxis.PlaceOf(point.Place))];
                canvas.AddPoints(styles[engine.Id], engine.Title, x, [.. line.Select(point => point.Value)], LineWidth);
            }
        }

        canvas.SetBottom("ms since the start (logarithmic)", new LogAxis(points.Min(point => point.Place), points.Max(point => point.Place)));
        canvas.SetLeft("guest instructions a nanosecond, median (higher is better)", 1.05 * points.Max(point => point.Value));
        return canvas;
    }
}

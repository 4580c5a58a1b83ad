using Pvm2.Compare.Results;

namespace Pvm2.Compare.Charts;

/// <summary>A line for each engine on two logarithmic axes.</summary>
internal static class SeriesPlot
{
    private const float LineWidth = 2;

    /// <summary>Draws the lines and the axes.</summary>
    /// <param name="points">At least one; all values greater than zero.</param>
    /// <param name="bottom">What is along the bottom.</param>
    /// <param name="left">What is along the left.</param>
    public static void Draw(ChartCanvas canvas, ResultFile results, ChartPoint[] points, string bottom, string left)
    {
        var styles = Palette.Of(results);
        foreach (var engine in results.Engines)
        {
            ChartPoint[] line = [.. points.Where(point => point.Engine == engine.Id).OrderBy(point => point.Place)];
            if (line.Length > 0)
            {
                double[] x = [.. line.Select(point => LogAxis.PlaceOf(point.Place))];
                double[] y = [.. line.Select(point => LogAxis.PlaceOf(point.Value))];
                canvas.AddPoints(styles[engine.Id], engine.Title, x, y, LineWidth);
            }
        }

        canvas.SetBottom(bottom, new LogAxis(points.Min(point => point.Place), points.Max(point => point.Place)));
        canvas.SetLeft(left, new LogAxis(points.Min(point => point.Value), points.Max(point => point.Value)));
    }
}

using Pvm2.Compare.Reports;
using Pvm2.Compare.Results;

namespace Pvm2.Compare.Charts;

/// <summary>A line for each engine above a logarithmic axis.</summary>
internal static class SeriesPlot
{
    private const float LineWidth = 2;

    /// <summary>Draws the lines and the axis at the bottom.</summary>
    /// <param name="points">At least one; their places are greater than zero.</param>
    /// <param name="bottom">What is along the bottom.</param>
    /// <param name="heightOf">Where a value is on the axis at the left.</param>
    public static void Draw(
        ChartCanvas canvas, ResultFile results, IReadOnlyCollection<ChartPoint> points, string bottom, Func<double, double> heightOf)
    {
        var lines = points.GroupBy(point => point.Engine).ToArray();
        var styles = Palette.OfLines(results, [.. lines.Select(line => line.Key)]);
        foreach (var engine in lines)
        {
            ChartPoint[] line = [.. engine.OrderBy(point => point.Place)];
            double[] x = [.. line.Select(point => LogAxis.PlaceOf(point.Place))];
            double[] y = [.. line.Select(point => heightOf(point.Value))];
            canvas.AddPoints(styles[engine.Key], EngineRoles.TitleOf(results, engine.Key), x, y, LineWidth);
        }

        canvas.SetBottom(bottom, new LogAxis(points.Min(point => point.Place), points.Max(point => point.Place)));
    }

    /// <summary>Draws the lines and both axes, which are logarithmic.</summary>
    /// <param name="points">At least one; all their numbers are greater than zero.</param>
    /// <param name="bottom">What is along the bottom.</param>
    /// <param name="left">What is along the left.</param>
    public static void Draw(
        ChartCanvas canvas, ResultFile results, IReadOnlyCollection<ChartPoint> points, string bottom, string left)
    {
        Draw(canvas, results, points, bottom, LogAxis.PlaceOf);
        canvas.SetLeft(left, new LogAxis(points.Min(point => point.Value), points.Max(point => point.Value)));
    }
}

using Pvm2.Compare.Charts;
using Pvm2.Compare.Results;
using Pvm2.Measuring;

namespace Pvm2.Compare.Reports;

/// <summary>How a long guest warms up.</summary>
internal static class WarmUpSection
{
    private const double Warm = 0.9;

    /// <summary>Writes the speed at the end and the time until it is nearly reached; nothing where there are no figures.</summary>
    public static void Write(TextWriter output, ResultFile results, ChartLinks charts)
    {
        if (results.WarmUp.Count == 0)
        {
            return;
        }

        output.WriteLine("## Warm-up");
        output.WriteLine();
        output.WriteLine("One long run from its start. Speed is guest instructions a nanosecond within an interval, the median over the rounds.");
        output.WriteLine();
        charts.Embed(output, ChartNames.WarmUp);
        var table = new TextTable("engine", "first interval, instructions a ns", "last interval, instructions a ns", "ms until 90 % of the last");
        foreach (var engine in results.WarmUp.Where(point => point.Speeds.Count > 0).GroupBy(point => point.Engine))
        {
            Add(table, EngineRoles.TitleOf(results, engine.Key), [.. engine.OrderBy(point => point.Milliseconds)]);
        }

        table.WriteTo(output);
        output.WriteLine();
    }

    private static void Add(TextTable table, string title, WarmUpPoint[] points)
    {
        var last = Statistics.Median(points[^1].Speeds);
        table.Add(
            title,
            TextTable.Figure(Statistics.Median(points[0].Speeds)),
            TextTable.Figure(last),
            TextTable.Figure(points.First(point => Statistics.Median(point.Speeds) >= Warm * last).Milliseconds));
    }
}

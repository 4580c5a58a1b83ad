using Pvm2.Compare.Results;

namespace Pvm2.Compare.Charts;

/// <summary>All charts of a report.</summary>
internal static class ChartSet
{
    /// <summary>The names of the charts for which there are figures.</summary>
    public static IReadOnlyCollection<string> NamesFor(ResultFile results) => [.. ChartsFor(results).Select(chart => chart.Name)];

    /// <summary>Writes the charts for which there are figures, as <c>NAME.png</c>.</summary>
    /// <param name="folder">Made where it is missing.</param>
    /// <returns>Whether they were written: not where there is no font.</returns>
    public static bool TryWrite(ResultFile results, string folder)
    {
        if (!ChartFont.TryLoad())
        {
            return false;
        }

        Directory.CreateDirectory(folder);
        foreach (var chart in ChartsFor(results))
        {
            chart.Draw().Save(Path.Combine(folder, chart.Name + ".png"));
        }

        return true;
    }

    private static IEnumerable<Entry> ChartsFor(ResultFile results) =>
    [
        .. ((Kind[])[Kind.Cold, Kind.Compile, Kind.Steady, Kind.Process])
            .Where(kind => KindChart.HasData(results, kind))
            .Select(kind => new Entry(ChartNames.Of(kind), () => KindChart.Draw(results, kind))),
        .. LinesOf(ChartNames.CompileTime, results, SizeChart.TimesOf, SizeChart.DrawTime),
        .. LinesOf(ChartNames.CompileMemory, results, SizeChart.MemoryOf, SizeChart.DrawMemory),
        .. LinesOf(ChartNames.InstanceTime, results, InstanceChart.TimesOf, InstanceChart.DrawTime),
        .. LinesOf(ChartNames.InstanceMemory, results, InstanceChart.MemoryOf, InstanceChart.DrawMemory),
        .. LinesOf(ChartNames.WarmUp, results, WarmUpChart.PointsOf, WarmUpChart.Draw),
    ];

    private static IEnumerable<Entry> LinesOf(
        string name,
        ResultFile results,
        Func<ResultFile, IReadOnlyList<ChartPoint>> pointsOf,
        Func<ResultFile, IReadOnlyList<ChartPoint>, ChartCanvas> draw)
    {
        var points = pointsOf(results);
        return points.Count == 0 ? [] : [new Entry(name, () => draw(results, points))];
    }

    private readonly record struct Entry(string Name, Func<ChartCanvas> Draw);
}

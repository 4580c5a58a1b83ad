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
            chart.Draw(results).Save(Path.Combine(folder, chart.Name + ".png"));
        }

        return true;
    }

    private static IEnumerable<Entry> ChartsFor(ResultFile results)
    {
        var kinds = ((Kind[])[Kind.Cold, Kind.Compile, Kind.Steady, Kind.Process])
            .Select(kind => new Entry(ChartNames.Of(kind), KindChart.HasData(results, kind), all => KindChart.Draw(all, kind)));
        Entry[] others =
        [
            new(ChartNames.CompileTime, results.Compiling.Any(point => point.Nanoseconds.Count > 0), SizeChart.DrawTime),
            new(ChartNames.CompileMemory, results.Compiling.Any(point => point.PeakBytes.Count > 0), SizeChart.DrawMemory),
            new(ChartNames.InstanceTime, results.Instances.Any(point => point.Nanoseconds.Count > 0), InstanceChart.DrawTime),
            new(ChartNames.InstanceMemory, results.Instances.Any(point => point.ResidentBytes.Count > 0), InstanceChart.DrawMemory),
            new(ChartNames.WarmUp, results.WarmUp.Any(point => point.Speeds.Count > 0), WarmUpChart.Draw),
        ];
        return kinds.Concat(others).Where(chart => chart.HasData);
    }

    private readonly record struct Entry(string Name, bool HasData, Func<ResultFile, ChartCanvas> Draw);
}

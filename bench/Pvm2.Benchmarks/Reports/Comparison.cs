using Pvm2.Benchmarks.Measuring;

namespace Pvm2.Benchmarks.Reports;

/// <summary>Medians of this run beside those of an earlier one.</summary>
internal static class Comparison
{
    /// <summary>Writes a row for each figure that both have, and a mean for each stage.</summary>
    public static void Write(TextWriter output, ResultFile before, ResultFile now)
    {
        output.WriteLine();
        output.WriteLine($"### against {before.Machine}");
        output.WriteLine();
        if (before.Machine.Processor != now.Machine.Processor || before.Machine.Runtime != now.Machine.Runtime)
        {
            output.WriteLine("WARNING: another machine or another .NET; these ratios say nothing about the code.");
        }

        output.WriteLine("- A star: the spreads (p10–p90) do not touch. Without it a change may be noise, and what bare metal changed is noise.");
        output.WriteLine("- On a busy machine the 10th percentiles are closer to the truth than the medians.");
        output.WriteLine();
        var pairs = Match(before, now);
        WriteChanges(output, pairs);
        output.WriteLine();
        WriteMeans(output, pairs);
    }

    private static Pair[] Match(ResultFile before, ResultFile now)
    {
        var old = before.Series.ToDictionary(series => series.Key);
        return [.. now.Series
            .Where(series => old.ContainsKey(series.Key))
            .Select(series => new Pair(series.Key, Summary.Of(old[series.Key].Samples), Summary.Of(series.Samples)))
            .OrderBy(pair => pair.Key.Stage).ThenBy(pair => pair.Key.Tier).ThenBy(pair => pair.Key.Gas)];
    }

    private static void WriteChanges(TextWriter output, Pair[] pairs)
    {
        var table = new TextTable("figure", "before µs", "now µs", "now/before", "of the p10", "");
        foreach (var (key, before, now) in pairs)
        {
            var isClear = before.High < now.Low || now.High < before.Low;
            table.Add(
                $"{key.Stage} {key.Tier} {key.Gas} {key.Workload}",
                TextTable.Figure(before.Median / 1000),
                TextTable.Figure(now.Median / 1000),
                TextTable.Figure(now.Median / before.Median, 3),
                TextTable.Figure(now.Low / before.Low, 3),
                isClear ? "*" : string.Empty);
        }

        table.WriteTo(output);
    }

    private static void WriteMeans(TextWriter output, Pair[] pairs)
    {
        var table = new TextTable("geometric mean", "figures", "now/before", "of the p10");
        foreach (var group in pairs.GroupBy(pair => $"{pair.Key.Stage} {pair.Key.Tier} {pair.Key.Gas}"))
        {
            var mean = Statistics.GeometricMean([.. group.Select(pair => pair.Now.Median / pair.Before.Median)]);
            var fastest = Statistics.GeometricMean([.. group.Select(pair => pair.Now.Low / pair.Before.Low)]);
            table.Add(group.Key, TextTable.Figure(group.Count(), 0), TextTable.Figure(mean, 3), TextTable.Figure(fastest, 3));
        }

        table.WriteTo(output);
    }

    private readonly record struct Pair(SeriesKey Key, Summary Before, Summary Now);
}

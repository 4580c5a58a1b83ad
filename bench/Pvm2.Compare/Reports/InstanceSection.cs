using System.Globalization;
using Pvm2.Compare.Charts;
using Pvm2.Compare.Results;
using Pvm2.Measuring;

namespace Pvm2.Compare.Reports;

/// <summary>Many live instances of one compiled program.</summary>
internal static class InstanceSection
{
    private const double Microsecond = 1000;

    private const double Kibibyte = 1024;

    /// <summary>Writes time and memory of one instance; nothing where there are none.</summary>
    public static void Write(TextWriter output, ResultFile results, ChartLinks charts)
    {
        EngineFacts[] engines = [.. results.Engines.Where(engine => results.Instances.Any(point => point.Engine == engine.Id))];
        if (engines.Length == 0)
        {
            return;
        }

        output.WriteLine("## Many instances");
        output.WriteLine();
        output.WriteLine("Instances of one compiled program that live at once, each of which has run once. Time is that of making one and of its first run.");
        output.WriteLine();
        charts.Embed(output, ChartNames.InstanceTime);
        Write(output, results, engines, "µs an instance", point => Statistics.Median(point.Nanoseconds) / Microsecond);
        charts.Embed(output, ChartNames.InstanceMemory);
        Write(output, results, engines, "KiB an instance", point => Statistics.Median(point.ResidentBytes) / Kibibyte);
        WriteFailures(output, results);
    }

    private static void Write(
        TextWriter output, ResultFile results, EngineFacts[] engines, string corner, Func<InstancePoint, double> figure)
    {
        var table = new TextTable([corner, .. engines.Select(engine => engine.Title)]);
        foreach (var count in results.Instances.GroupBy(point => point.Count).OrderBy(group => group.Key))
        {
            var points = count.ToDictionary(point => point.Engine);
            table.Add([count.Key.ToString(CultureInfo.InvariantCulture), .. engines.Select(engine =>
                points.TryGetValue(engine.Id, out var point) ? Cell(point, figure) : TextTable.NoFigure)]);
        }

        table.WriteTo(output);
        output.WriteLine();
    }

    private static string Cell(InstancePoint point, Func<InstancePoint, double> figure) =>
        point.Failure.Length > 0 ? "failed" : TextTable.Figure(figure(point));

    private static void WriteFailures(TextWriter output, ResultFile results)
    {
        InstancePoint[] failures = [.. results.Instances.Where(point => point.Failure.Length > 0)];
        foreach (var point in failures)
        {
            output.WriteLine($"- `{point.Engine}`, {point.Count} instances: {point.Failure.ReplaceLineEndings(" ")}");
        }

        if (failures.Length > 0)
        {
            output.WriteLine();
        }
    }
}

using Pvm2.Compare.Charts;
using Pvm2.Compare.Results;

namespace Pvm2.Compare.Reports;

/// <summary>Turns results into a report in Markdown, with charts.</summary>
public static class Report
{
    private const string ChartFolder = "charts";

    /// <summary>What the text's file is called.</summary>
    internal const string FileName = "report.md";

    /// <summary>Writes <c>report.md</c> and <c>charts/*.png</c>. Files of these names are replaced, and nothing else is touched.</summary>
    /// <param name="folder">Where to write them; it is made where it is missing.</param>
    /// <returns>Why there are no charts; empty where there are. The report says so too.</returns>
    /// <exception cref="IOException">The files cannot be written.</exception>
    public static string Write(ResultFile results, string folder)
    {
        Directory.CreateDirectory(folder);
        var hasCharts = ChartSet.TryWrite(results, Path.Combine(folder, ChartFolder));
        File.WriteAllText(Path.Combine(folder, FileName), Compose(results, hasCharts));
        return hasCharts ? string.Empty : ChartFont.Missing;
    }

    /// <summary>The text of <c>report.md</c>. It depends on nothing but what is given.</summary>
    /// <param name="hasCharts">Whether the charts are beside it.</param>
    public static string Compose(ResultFile results, bool hasCharts)
    {
        var charts = new ChartLinks(ChartFolder, hasCharts ? ChartSet.NamesFor(results) : []);
        var measured = new Measured(results);
        using var output = new StringWriter { NewLine = "\n" };
        output.WriteLine("# Comparison of engines");
        output.WriteLine();
        if (!hasCharts)
        {
            output.WriteLine(ChartFont.Missing);
            output.WriteLine();
        }

        OpeningSection.Write(output, results);
        HeadToHead.Write(output, measured);
        foreach (var kind in (Kind[])[Kind.Cold, Kind.Compile, Kind.Steady, Kind.Process])
        {
            KindSection.Write(output, measured, kind, charts);
        }

        CompileSizeSection.Write(output, results, charts);
        InstanceSection.Write(output, results, charts);
        WarmUpSection.Write(output, results, charts);
        SizeSection.Write(output, results);
        AnnouncementSection.Write(output, measured);
        return output.ToString().TrimEnd('\n') + "\n";
    }
}

using Pvm2.Compare.Charts;
using Pvm2.Compare.Results;

namespace Pvm2.Compare.Reports;

/// <summary>The part of a page of the documentation that is made of results. What is around it is written by hand.</summary>
public static class PublishedPage
{
    /// <summary>What the generated part says while there are no results.</summary>
    public const string NoRun = "No full run has been published yet.\n";

    private const string Begin = "<!-- begin generated: bench/compare.sh writes this part, changes to it are lost -->\n";

    private const string End = "<!-- end generated -->";

    /// <summary>Writes the generated part of a page anew.</summary>
    /// <param name="page">The path of the page, which has both markers.</param>
    /// <param name="results">What was measured.</param>
    /// <param name="folder">Where the page finds the report, as <see cref="Report.Write"/> wrote it: a path relative to the page, with slashes.</param>
    /// <param name="hasCharts">Whether the charts are beside the report.</param>
    /// <exception cref="InvalidDataException">The page does not have each marker once, in their order.</exception>
    public static void Update(string page, ResultFile results, string folder, bool hasCharts) =>
        File.WriteAllText(page, Replace(File.ReadAllText(page), Compose(results, folder, hasCharts)));

    /// <summary>The generated part of a page's text, without the markers.</summary>
    /// <exception cref="InvalidDataException">The text does not have each marker once, in their order.</exception>
    public static string Extract(string text)
    {
        var (begin, end) = Find(text);
        return text[begin..end];
    }

    /// <summary>A page's text with another generated part.</summary>
    /// <exception cref="InvalidDataException">The text does not have each marker once, in their order.</exception>
    public static string Replace(string text, string generated)
    {
        var (begin, end) = Find(text);
        return text[..begin] + generated + text[end..];
    }

    /// <summary>What the generated part says. It depends on nothing but what is given.</summary>
    /// <param name="folder">Where the page finds the report: a path relative to the page, with slashes.</param>
    /// <param name="hasCharts">Whether the charts are beside the report.</param>
    public static string Compose(ResultFile results, string folder, bool hasCharts)
    {
        var page = new Page(folder, new Measured(results), new ChartLinks(folder + "/charts", hasCharts ? ChartSet.NamesFor(results) : []));
        using var output = new StringWriter { NewLine = "\n" };
        output.WriteLine();
        OpeningSection.WriteMachine(output, results);
        output.WriteLine($"Everything that was measured, with all intervals and remarks, is in {page.Link}; it is made of [results.json]({folder}/results.json).");
        output.WriteLine();
        WriteSource(output, page, HeadToHead.Heading);
        HeadToHead.WriteBars(output, page.Measured);
        WriteKind(output, page, Kind.Cold);
        WriteKind(output, page, Kind.Steady);
        WriteAgainstBareMetal(output, page);
        WriteFurtherCharts(output, page.Charts);
        return output.ToString();
    }

    private static void WriteKind(TextWriter output, Page page, Kind kind)
    {
        EngineFacts[] engines = MainEnginesOf(page, kind);
        if (engines.Length > 0)
        {
            var text = KindText.Of(kind);
            output.WriteLine($"### {text.Title}");
            output.WriteLine();
            output.WriteLine($"{text.Clock} From {page.Link}.");
            output.WriteLine();
            page.Charts.Embed(output, ChartNames.Of(kind));
            WriteSource(output, page, text.Title);
            KindSection.WriteMedians(output, page.Measured, kind, engines);
        }
    }

    private static void WriteAgainstBareMetal(TextWriter output, Page page)
    {
        if (page.Measured.BareMetal is { } bare && page.Measured.Has(Kind.Steady, bare.Id))
        {
            output.WriteLine("How many times as long as bare metal a steady run takes, the median of the ratios within a round:");
            output.WriteLine();
            WriteSource(output, page, KindSection.AgainstBareMetal);
            KindSection.WriteRatiosToBareMetal(output, page.Measured, Kind.Steady, MainEnginesOf(page, Kind.Steady));
        }
    }

    private static EngineFacts[] MainEnginesOf(Page page, Kind kind) => [.. page.Measured.EnginesOf(kind).Where(EngineRoles.IsMain)];

    /// <summary>Names the part of the report that the table beneath repeats, for the test that traces figures.</summary>
    private static void WriteSource(TextWriter output, Page page, string heading)
    {
        var fromRoot = page.Folder.Replace("../", string.Empty, StringComparison.Ordinal);
        output.WriteLine($"<!-- from {fromRoot}/{Report.FileName}: {heading} -->");
    }

    private static void WriteFurtherCharts(TextWriter output, ChartLinks charts)
    {
        string[] further =
        [
            ChartNames.CompileTime, ChartNames.CompileMemory, ChartNames.InstanceTime, ChartNames.InstanceMemory, ChartNames.WarmUp,
        ];
        foreach (var name in further)
        {
            charts.Embed(output, name);
        }
    }

    private static (int Begin, int End) Find(string text)
    {
        var begin = text.IndexOf(Begin, StringComparison.Ordinal);
        var end = text.IndexOf(End, StringComparison.Ordinal);
        var areThere = begin >= 0 && end >= begin + Begin.Length;
        return areThere && begin == text.LastIndexOf(Begin, StringComparison.Ordinal) && end == text.LastIndexOf(End, StringComparison.Ordinal)
            ? (begin + Begin.Length, end)
            : throw new InvalidDataException($"The page must have the lines '{Begin.TrimEnd()}' and '{End}' once each, in this order.");
    }

    private sealed record Page(string Folder, Measured Measured, ChartLinks Charts)
    {
        public string Link => $"[the report]({Folder}/{Report.FileName})";
    }
}

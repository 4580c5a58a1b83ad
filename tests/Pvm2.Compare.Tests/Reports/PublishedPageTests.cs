using Pvm2.Compare.Reports;
using Pvm2.Compare.Results;
using Pvm2.Measuring;

namespace Pvm2.Compare.Tests.Reports;

/// <summary>The published page, and that what is published is what the results say.</summary>
public sealed class PublishedPageTests
{
    private const string Folder = "../bench/results/compare";

    private static readonly string Published = Path.Combine(Workload.FindRoot(), "bench", "results", "compare");

    private static readonly string Page = Path.Combine(Workload.FindRoot(), "docs", "benchmarks.md");

    [Fact]
    public void The_generated_part_is_what_the_published_results_say()
    {
        var results = ReadPublished();
        var expected = results is null ? PublishedPage.NoRun : PublishedPage.Compose(results, Folder, true);

        Assert.Equal(expected, PublishedPage.Extract(File.ReadAllText(Page)));
    }

    [Fact]
    public void The_published_report_is_what_the_published_results_say_and_its_charts_are_there()
    {
        var report = Path.Combine(Published, "report.md");
        if (ReadPublished() is not { } results)
        {
            Assert.False(File.Exists(report));
            return;
        }

        var text = File.ReadAllText(report);
        Assert.Equal(Report.Compose(results, true), text);
        Assert.All(Charts(text), chart => Assert.True(File.Exists(Path.Combine(Published, chart)), chart));
    }

    [Fact]
    public void Links_of_the_page_go_to_the_folder_of_the_report()
    {
        var text = PublishedPage.Compose(SampleResults.Full(), "a/b", true);

        Assert.Contains("(a/b/report.md)", text, StringComparison.Ordinal);
        Assert.Contains("(a/b/results.json)", text, StringComparison.Ordinal);
        Assert.Contains("![cold](a/b/charts/cold.png)", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Tables_of_the_page_are_lines_of_the_report()
    {
        var report = Report.Compose(SampleResults.Full(), true).Split('\n');
        var page = PublishedPage.Compose(SampleResults.Full(), Folder, true).Split('\n');

        string[] tables = [.. page.Where(line => line.StartsWith('|'))];
        Assert.NotEmpty(tables);
        Assert.All(tables, line => Assert.Contains(line, report));
        Assert.Equal(4, page.Count(line => line.StartsWith("<!-- from bench/results/compare/report.md: ", StringComparison.Ordinal)));
    }

    [Fact]
    public void Only_the_part_between_the_markers_is_replaced()
    {
        var page = File.ReadAllText(Page);
        var path = Path.GetTempFileName();
        File.WriteAllText(path, page);

        PublishedPage.Update(path, SampleResults.Full(), Folder, true);

        var updated = File.ReadAllText(path);
        File.Delete(path);
        Assert.Equal(PublishedPage.Compose(SampleResults.Full(), Folder, true), PublishedPage.Extract(updated));
        Assert.Equal(page, PublishedPage.Replace(updated, PublishedPage.Extract(page)));
    }

    [Theory]
    [InlineData("no markers")]
    [InlineData("<!-- end generated --> <!-- begin generated: bench/compare.sh writes this part, changes to it are lost -->\n")]
    public void A_page_without_its_markers_is_refused(string text) =>
        Assert.Throws<InvalidDataException>(() => PublishedPage.Extract(text));

    [Fact]
    public void A_page_with_its_markers_twice_is_refused()
    {
        var page = File.ReadAllText(Page);

        Assert.Throws<InvalidDataException>(() => PublishedPage.Extract(page + page));
    }

    private static ResultFile? ReadPublished()
    {
        var path = Path.Combine(Published, "results.json");
        return File.Exists(path) ? ResultFile.Read(path) : null;
    }

    private static IEnumerable<string> Charts(string text) =>
        text.Split('\n').Where(line => line.StartsWith("![", StringComparison.Ordinal)).Select(line => line[(line.IndexOf('(') + 1)..^1]);
}

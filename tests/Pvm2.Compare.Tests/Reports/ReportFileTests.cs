using Pvm2.Compare.Reports;

namespace Pvm2.Compare.Tests.Reports;

/// <summary>The files of a report.</summary>
public sealed class ReportFileTests : IDisposable
{
    private static readonly string[] Kinds = ["cold", "compile", "process", "steady"];

    private static readonly string[] Curves = ["compile-memory", "compile-time", "instance-memory", "instance-time", "warm-up"];

    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(_folder, true);

    [Fact]
    public void Writes_the_text_and_the_charts_that_it_embeds_and_nothing_else()
    {
        var missing = Report.Write(SampleResults.Full(), _folder);

        var text = File.ReadAllText(Path.Combine(_folder, "report.md"));
        string[] names = missing.Length > 0 ? [] : [.. Kinds.Concat(Curves).Order(StringComparer.Ordinal)];
        Assert.Equal(missing.Length > 0 ? ["report.md"] : ["report.md", .. names.Select(name => $"charts/{name}.png").Order(StringComparer.Ordinal)], Files().OrderByDescending(name => name == "report.md").ThenBy(name => name, StringComparer.Ordinal));
        Assert.All(names, name => Assert.Contains($"](charts/{name}.png)", text, StringComparison.Ordinal));
    }

    [Fact]
    public void The_text_is_the_one_composed_from_results_that_were_read_again()
    {
        var path = Path.Combine(_folder, "results.json");
        var results = SampleResults.Full();
        results.Write(path);

        Assert.Equal(Report.Compose(results, true), Report.Compose(Pvm2.Compare.Results.ResultFile.Read(path), true));
    }

    private IEnumerable<string> Files() => Directory
        .EnumerateFiles(_folder, "*", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(_folder, file).Replace('\\', '/'));
}

using Pvm2.Measuring;

namespace Pvm2.Compare.Tests.Figures;

/// <summary>The figures of the documents in the repository.</summary>
public sealed class DocumentFiguresTests
{
    private static readonly string Root = Workload.FindRoot();

    /// <summary>The documents, from the root of the repository.</summary>
    public static TheoryData<string> Documents => [.. Paths];

    private static IEnumerable<string> Paths => Directory.GetFiles(Path.Combine(Root, "docs"), "*.md")
        .Order(StringComparer.Ordinal).Select(path => Path.GetRelativePath(Root, path)).Prepend("README.md");

    [Theory]
    [MemberData(nameof(Documents))]
    public void EveryFigureIsInAResultsFile(string document)
    {
        var complaints = new FigureCheck(document, Read).Run(File.ReadAllText(Path.Combine(Root, document)));
        Assert.True(complaints.Count == 0, string.Join('\n', complaints));
    }

    [Fact]
    public void EveryResultsFileIsThere()
    {
        var files = Paths.SelectMany(document =>
        {
            var check = new FigureCheck(document, Read);
            check.Run(File.ReadAllText(Path.Combine(Root, document)));
            return check.Files;
        }).Distinct().ToArray();
        Assert.NotEmpty(files);
        var missing = files.Where(file => Read(file) is null).ToArray();
        Assert.True(missing.Length == 0, $"Missing, to be made with bench/record.sh: {string.Join(", ", missing)}");
    }

    private static string? Read(string file) =>
        Path.Combine(Root, file) is var path && File.Exists(path) ? File.ReadAllText(path) : null;
}

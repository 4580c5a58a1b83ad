using Pvm2.Compare.CommandLine;

namespace Pvm2.Compare.Tests.CommandLine;

public sealed class WritableFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pvm2-compare-").FullName;

    [Fact]
    public void FileThatIsThereStaysAsItIs()
    {
        var path = Path.Combine(_folder, "results.json");
        File.WriteAllText(path, "old");

        WritableFile.Require(path);

        Assert.Equal("old", File.ReadAllText(path));
    }

    [Fact]
    public void FolderIsMadeAndNoFile()
    {
        WritableFile.Require(Path.Combine(_folder, "new", "results.json"));

        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(_folder, "new")));
    }

    [Fact]
    public void WhereAFileIsInTheWayNothingCanBeWritten()
    {
        File.WriteAllText(Path.Combine(_folder, "file"), string.Empty);

        _ = Assert.ThrowsAny<IOException>(() => WritableFile.Require(Path.Combine(_folder, "file", "results.json")));
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_folder, recursive: true);
}

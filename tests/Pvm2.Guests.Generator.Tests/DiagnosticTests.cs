using Pvm2.Guests.Generator.Tests.Kit;
using Xunit;

namespace Pvm2.Guests.Generator.Tests;

/// <summary>What is wrong is reported, at the guest's file, and nothing is generated.</summary>
public sealed class DiagnosticTests
{
    private const string Entry = "entry add\n";

    [Theory]
    [InlineData(null, "it cannot be read")]
    [InlineData("", "does not start with")]
    [InlineData("\0\uffff\ud800", "does not start with")]
    [InlineData("pvm2-manifest 2\n" + ManifestFile.Hash + Entry, "does not start with")]
    [InlineData(ManifestFile.Header, "no hash")]
    [InlineData(ManifestFile.Header + Entry, "no hash")]
    [InlineData(ManifestFile.Header + ManifestFile.Hash, "no entry point")]
    [InlineData(ManifestFile.Header + ManifestFile.Hash + ManifestFile.Hash + Entry, "line 3")]
    [InlineData(ManifestFile.Header + "sha256 86770D\n" + Entry, "line 2")]
    [InlineData(ManifestFile.Header + ManifestFile.Hash + "entry \n", "line 3")]
    [InlineData(ManifestFile.Header + ManifestFile.Hash + "entry\n", "line 3")]
    [InlineData(ManifestFile.Header + ManifestFile.Hash + Entry + "other thing\n", "line 4")]
    public void A_malformed_manifest_is_reported(string? text, string reason)
    {
        var manifest = new ManifestFile(text, metadata: ("Source", "/src/guest.pvm2"));

        AssertReported(GeneratorRun.Of(manifest), "PVM2001", reason);
    }

    [Theory]
    [InlineData("ClassName", "1st")]
    [InlineData("ClassName", "A.B")]
    [InlineData("ClassName", "class")]
    [InlineData("ClassName", "A { } class B")]
    [InlineData("Namespace", "A..B")]
    [InlineData("Namespace", "A.namespace")]
    [InlineData("Namespace", "A\u2028;")]
    [InlineData("Gas", "free")]
    public void Bad_metadata_are_reported(string name, string value)
    {
        var manifest = new ManifestFile(
            ManifestFile.Header + ManifestFile.Hash + Entry, metadata: [("Source", "/src/guest.pvm2"), (name, value)]);

        AssertReported(GeneratorRun.Of(manifest), "PVM2002", $"{name} of a guest cannot be ");
    }

    [Fact]
    public void Two_guests_of_one_class_are_reported()
    {
        var run = GeneratorRun.Of(
            ManifestFile.Exports(),
            ManifestFile.Exports(("ClassName", "exports")),
            ManifestFile.Exports(("ClassName", "Other")));

        Assert.Equal(["PVM2003", "PVM2003"], run.Diagnostics.Select(diagnostic => diagnostic.Id));
        Assert.Contains("class Other", run.Source, StringComparison.Ordinal);
    }

    private static void AssertReported(GeneratorRun run, string id, string text)
    {
        var diagnostic = Assert.Single(run.Diagnostics);
        Assert.Equal(id, diagnostic.Id);
        Assert.Contains(text, diagnostic.GetMessage(null), StringComparison.Ordinal);
        Assert.Equal("/src/guest.pvm2", diagnostic.Location.GetLineSpan().Path);
        Assert.Empty(run.Driver.GetRunResult().GeneratedTrees);
    }
}

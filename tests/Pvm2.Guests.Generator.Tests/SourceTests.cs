using Pvm2.Guests.Generator.Tests.Kit;
using Pvm2.TestKit;
using Xunit;

namespace Pvm2.Guests.Generator.Tests;

/// <summary>
/// What the generator writes, and that it compiles without a warning. With <c>PVM2_WRITE_SNAPSHOTS=1</c> the snapshot is
/// written anew.
/// </summary>
public sealed class SourceTests
{
    private const string Snapshot = "tests/Pvm2.Guests.Generator.Tests/Snapshots/Exports.txt";

    [Fact]
    public void The_class_of_exports_is_as_its_snapshot()
    {
        var run = GeneratorRun.Of(ManifestFile.Exports());

        var path = Repository.PathOf(Snapshot);
        if (Environment.GetEnvironmentVariable("PVM2_WRITE_SNAPSHOTS") == "1")
        {
            File.WriteAllText(path, run.Source);
        }

        Assert.Equal(File.ReadAllText(path), run.Source);
        Assert.Empty(run.Diagnostics);
    }

    [Theory]
    [InlineData("")]
    [InlineData("namespace Guests; /// <summary>Ours.</summary>\npublic partial class Exports;")]
    public void It_compiles_without_a_warning(string source) =>
        Assert.Empty(GeneratorRun.Of(source, ManifestFile.Exports()).Complaints());

    [Theory]
    [InlineData("flat", "GasModel.Flat;")]
    [InlineData("None", "GasModel.None;")]
    [InlineData("", "GasModel.Pipeline;")]
    public void The_item_chooses_the_gas_model(string gas, string expected) =>
        Assert.Contains(expected, GeneratorRun.Of(ManifestFile.Exports(("Gas", gas))).Source, StringComparison.Ordinal);

    [Fact]
    public void A_compiled_guest_is_found_by_the_alias_of_its_assembly()
    {
        const string Compiled = """
            namespace Pvm2.Guests;
            /// <summary>Stands for what pvm2 aot writes.</summary>
            public static class Guest
            {
                /// <summary>The program.</summary>
                public static Runtime.Execution.Module Module => null!;
                /// <summary>The code.</summary>
                public static Runtime.Execution.ITier Tier => null!;
            }
            """;
        var run = GeneratorRun.Of(ManifestFile.Exports(("Alias", "guest_exports"))).AgainWith(Compiled, "guest_exports");

        Assert.Empty(run.Complaints());
        Assert.Contains("Module => guest_exports::Pvm2.Guests.Guest.Module;", run.Source, StringComparison.Ordinal);
        Assert.Contains("DefaultTier => guest_exports::Pvm2.Guests.Guest.Tier;", run.Source, StringComparison.Ordinal);
    }

    [Fact]
    public void The_item_chooses_the_class()
    {
        var run = GeneratorRun.Of(ManifestFile.Exports(("ClassName", "Numbers")));

        Assert.NotNull(run.Compilation.GetTypeByMetadataName("Guests.Numbers"));
        Assert.Empty(run.Complaints());
    }

    [Fact]
    public void Without_a_namespace_the_class_has_none()
    {
        var run = GeneratorRun.Of(ManifestFile.Of("add"));

        Assert.NotNull(run.Compilation.GetTypeByMetadataName("Sample"));
        Assert.Empty(run.Complaints());
    }

    [Fact]
    public void Other_additional_files_are_left_alone()
    {
        var run = GeneratorRun.Of(new ManifestFile("anything", "/src/notes.txt"));

        Assert.Empty(run.Driver.GetRunResult().GeneratedTrees);
        Assert.Empty(run.Diagnostics);
    }
}

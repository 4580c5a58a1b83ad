using Microsoft.CodeAnalysis;
using Pvm2.Guests.Generator.Tests.Kit;
using Xunit;

namespace Pvm2.Guests.Generator.Tests;

/// <summary>Nothing is made again that has not changed.</summary>
public sealed class IncrementalTests
{
    private static readonly ManifestFile Exports = ManifestFile.Exports();

    [Fact]
    public void An_edit_of_other_source_makes_nothing_again()
    {
        var run = GeneratorRun.Of("class A { }", Exports).Again("class B { int edited; }");

        Assert.Equal([IncrementalStepRunReason.Cached], Reasons(run, GuestClassGenerator.GuestStep));
        Assert.Equal([IncrementalStepRunReason.Cached], Reasons(run, GuestClassGenerator.OutputStep));
        Assert.All(SourceOutputs(run), reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
    }

    [Fact]
    public void A_manifest_written_anew_with_the_same_text_makes_no_source_again()
    {
        var run = GeneratorRun.Of(Exports).Again(Exports, ManifestFile.Exports());

        Assert.Equal([IncrementalStepRunReason.Unchanged], Reasons(run, GuestClassGenerator.GuestStep));
        Assert.All(SourceOutputs(run), reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
    }

    [Fact]
    public void A_change_of_one_guest_leaves_the_other_alone()
    {
        var other = ManifestFile.Of("add");
        var run = GeneratorRun.Of(Exports, other).Again(other, ManifestFile.Of("subtract"));

        IncrementalStepRunReason[] expected = [IncrementalStepRunReason.Modified, IncrementalStepRunReason.Cached];
        Assert.Equal(expected.Order(), Reasons(run, GuestClassGenerator.OutputStep).Order());
        Assert.Equal(expected.Order(), SourceOutputs(run).Order());
    }

    private static IEnumerable<IncrementalStepRunReason> Reasons(GeneratorRun run, string step) =>
        ReasonsOf(run.Driver.GetRunResult().Results.Single().TrackedSteps[step]);

    private static IEnumerable<IncrementalStepRunReason> SourceOutputs(GeneratorRun run) =>
        ReasonsOf(run.Driver.GetRunResult().Results.Single().TrackedOutputSteps.SelectMany(steps => steps.Value));

    private static IEnumerable<IncrementalStepRunReason> ReasonsOf(IEnumerable<IncrementalGeneratorRunStep> steps) =>
        [.. steps.SelectMany(step => step.Outputs).Select(output => output.Reason)];
}

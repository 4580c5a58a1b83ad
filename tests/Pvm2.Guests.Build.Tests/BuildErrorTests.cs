using Pvm2.Guests.Build.Tests.Kit;
using Xunit;

namespace Pvm2.Guests.Build.Tests;

/// <summary>What is wrong with a guest or its item is an error of the build, with file and reason.</summary>
public sealed class BuildErrorTests
{
    private const string Target = "Pvm2PrepareGuests";

    [Fact]
    public void A_bad_guest_is_an_error_that_names_file_and_reason()
    {
        using var project = new ScratchProject("""<Pvm2Guest Include="it's bad.pvm2" Compile="none" />""");
        project.Write("it's bad.pvm2", "not a container");

        var result = project.RunTarget(Target);

        Assert.NotEqual(0, result.Code);
        Assert.Contains(
            $"{project.At("it's bad.pvm2")} : error PVM2104: Header at 0x0 (6e6f7420): this is no PVM2 container",
            result.Output,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""<Pvm2Guest Include="a.pvm2" Compile="later" />""", "a.pvm2 : error PVM2101: Compile of a guest cannot be 'later'")]
    [InlineData("""<Pvm2Guest Include="a.pvm2" Gas="free" />""", "a.pvm2 : error PVM2101: Gas of a guest cannot be 'free'")]
    [InlineData("""<Pvm2Guest Include="a.pvm2" ReadyToRun="1" />""", "a.pvm2 : error PVM2101: ReadyToRun of a guest cannot be '1'")]
    [InlineData("""<Pvm2Guest Include="missing.pvm2" />""", "missing.pvm2 : error PVM2102: There is no such guest")]
    [InlineData("""<Pvm2Guest Include="a.pvm2;b.pvm2" ClassName="Same" />""", "error PVM2103: Two guests have one name: a.pvm2 is guest_Scratch_Same, b.pvm2 is guest_Scratch_Same")]
    public void A_bad_item_is_an_error(string item, string message)
    {
        using var project = new ScratchProject(item);
        project.CopyGuest("static/exports.pvm2", "a.pvm2");
        project.CopyGuest("static/hello.pvm2", "b.pvm2");

        var result = project.RunTarget(Target);

        Assert.NotEqual(0, result.Code);
        Assert.Contains(message, result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_guest_that_cannot_be_compiled_is_an_error()
    {
        using var project = new ScratchProject("""<Pvm2Guest Include="a.pvm2" ReadyToRun="true" />""");
        project.CopyGuest("static/exports.pvm2", "a.pvm2");
        project.Variables["NUGET_PACKAGES"] = project.At("no-packages");

        var result = project.RunTarget(Target);

        Assert.NotEqual(0, result.Code);
        Assert.Contains("a.pvm2 : error PVM2105: --ready-to-run needs crossgen2", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_project_without_guests_builds()
    {
        using var project = new ScratchProject(string.Empty);

        Assert.Equal(0, project.RunTarget(Target).Code);
    }
}

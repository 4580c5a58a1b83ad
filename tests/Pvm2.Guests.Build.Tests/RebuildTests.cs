using Pvm2.Guests.Build.Tests.Kit;
using Xunit;

namespace Pvm2.Guests.Build.Tests;

/// <summary>A project outside the repository is built, run, and built again after a guest has changed.</summary>
public sealed class RebuildTests
{
    private const string Described = "pvm2.dll\" manifest";

    [Fact]
    public void A_guest_is_described_again_only_when_it_has_changed()
    {
        using var project = new ScratchProject("""<Pvm2Guest Include="guest.pvm2" Compile="none" />""");
        project.Write("Program.cs", "using var guest = new Scratch.Guest(); System.Console.Write(guest.Start().Value);");
        project.CopyGuest("static/exports.pvm2", "guest.pvm2");

        AssertBuilds(project, described: true);
        Assert.Equal("177", project.Start().Output);

        AssertBuilds(project, described: false);

        project.CopyGuest("xjar/shapes.pvm2", "guest.pvm2");
        File.SetLastWriteTimeUtc(project.At("guest.pvm2"), DateTime.UtcNow);
        AssertBuilds(project, described: true);
        Assert.NotEqual("177", project.Start().Output);
    }

    private static void AssertBuilds(ScratchProject project, bool described)
    {
        var build = project.Build();
        Assert.True(build.Code == 0, build.Output);
        Assert.Equal(described, build.Output.Contains(Described, StringComparison.Ordinal));
    }
}

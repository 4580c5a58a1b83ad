using Pvm2.Guests.Build.Tests.Kit;
using Xunit;

namespace Pvm2.Guests.Build.Tests;

/// <summary>A project outside the repository is built, run, and built again after a guest has changed.</summary>
public sealed class RebuildTests
{
    private const string Described = "pvm2.dll\" manifest";
    private const string Compiled = "pvm2.dll\" aot";

    [Fact]
    public void A_guest_is_made_again_only_when_it_has_changed()
    {
        using var project = new ScratchProject("""
            <Pvm2Guest Include="guest.pvm2" />
            <Pvm2Guest Include="guest.pvm2" Compile="none" ClassName="Embedded" />
            """);
        project.Write("Program.cs", """
            using var guest = new Scratch.Guest();
            using var embedded = new Scratch.Embedded();
            System.Console.Write($"{guest.Start().Value} {embedded.Start().Value}");
            """);
        project.CopyGuest("static/exports.pvm2", "guest.pvm2");

        AssertBuilds(project, isMade: true);
        Assert.Equal("177 177", project.Start().Output);

        AssertBuilds(project, isMade: false);

        project.CopyGuest("xjar/prime_sieve.pvm2", "guest.pvm2");
        File.SetLastWriteTimeUtc(project.At("guest.pvm2"), DateTime.UtcNow);
        AssertBuilds(project, isMade: true);
        Assert.Equal("9592 9592", project.Start().Output);
    }

    private static void AssertBuilds(ScratchProject project, bool isMade)
    {
        var build = project.Build();
        Assert.True(build.Code == 0, build.Output);
        Assert.Equal(isMade, build.Output.Contains(Described, StringComparison.Ordinal));
        Assert.Equal(isMade, build.Output.Contains(Compiled, StringComparison.Ordinal));
    }
}

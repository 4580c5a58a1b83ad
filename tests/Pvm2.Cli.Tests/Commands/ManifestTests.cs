using Pvm2.Cli.Tests.Kit;
using Xunit;

namespace Pvm2.Cli.Tests.Commands;

/// <summary><c>manifest</c>: what builds learn of a program.</summary>
public sealed class ManifestTests : IDisposable
{
    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void It_has_the_hash_and_the_entry_points_in_their_order()
    {
        var source = _folder.Write("guest.s", Sources.Sum);
        var sha256 = CommandHarness.Run("inspect", source, "--json").Json.GetProperty("sha256").GetString();

        var result = CommandHarness.Run("manifest", source, "-o", _folder.At("manifest"));

        Assert.Equal(ExitCode.Success, result.Code);
        Assert.Equal(string.Empty, result.Output);
        Assert.Equal(
            $"pvm2-manifest 1\nsha256 {sha256}\nentry main\nentry sum\n", File.ReadAllText(_folder.At("manifest")));
    }

    [Fact]
    public void The_container_of_an_executable_is_what_link_writes()
    {
        var elf = Repository.GuestElf("hello");
        CommandHarness.Run("link", elf, "-o", _folder.At("linked.pvm2"));

        CommandHarness.Run("manifest", elf, "-o", _folder.At("manifest"), "--container", _folder.At("hello.pvm2"));

        Assert.Equal(File.ReadAllBytes(_folder.At("linked.pvm2")), File.ReadAllBytes(_folder.At("hello.pvm2")));
    }

    [Fact]
    public void Nothing_is_written_of_a_program_that_breaks_a_rule()
    {
        var container = _folder.Write("bad.pvm2", "PVM2, but no more"u8);

        var result = CommandHarness.Run(
            "manifest", container, "-o", _folder.At("manifest"), "--container", _folder.At("again.pvm2"));

        Assert.Equal(ExitCode.InvalidProgram, result.Code);
        Assert.False(File.Exists(_folder.At("manifest")));
        Assert.False(File.Exists(_folder.At("again.pvm2")));
    }

    [Fact]
    public void A_manifest_that_cannot_be_written_is_an_error()
    {
        var source = _folder.Write("guest.s", Sources.Sum);

        var result = CommandHarness.Run("manifest", source, "-o", _folder.At("missing/manifest"));

        Assert.Equal(ExitCode.InputOutput, result.Code);
        Assert.Contains("no such file or directory", result.Error, StringComparison.Ordinal);
    }
}

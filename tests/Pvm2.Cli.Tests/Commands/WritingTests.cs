using System.Text.Json;
using Pvm2.Cli.Tests.Kit;
using Xunit;

namespace Pvm2.Cli.Tests.Commands;

/// <summary><c>link</c>, <c>asm</c> and <c>disasm</c>: what makes files and texts of programs.</summary>
public sealed class WritingTests : IDisposable
{
    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("static")]
    [InlineData("xjar")]
    public void A_linked_container_runs(string profile)
    {
        var container = _folder.At("keccak.pvm2");

        var link = CommandHarness.Run("link", Repository.GuestElf("keccak"), "-o", container, "--profile", profile);

        Assert.Equal(ExitCode.Success, link.Code);
        Assert.Contains($"{profile} profile", link.Output, StringComparison.Ordinal);
        Assert.Contains("0x39e50259", CommandHarness.Run("run", container).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Link_tells_programs_what_it_wrote()
    {
        var container = _folder.At("hello.pvm2");

        var json = CommandHarness.Run("link", Repository.GuestElf("hello"), "-o", container, "--json").Json;

        Assert.Equal(
            ["file", "exitCode", "profile", "sha256", "containerBytes", "codeBytes", "blocks", "entryPoints", "error"],
            json.EnumerateObject().Select(property => property.Name));
        Assert.Equal(new FileInfo(container).Length, json.GetProperty("containerBytes").GetInt64());
        Assert.Equal(Inspect(container).GetProperty("sha256").GetString(), json.GetProperty("sha256").GetString());
    }

    [Fact]
    public void Link_options_reach_the_program()
    {
        var (plain, shaped) = (_folder.At("plain.pvm2"), _folder.At("shaped.pvm2"));
        var map = _folder.At("map");
        var elf = Repository.GuestElf("hello");

        Assert.Equal(ExitCode.Success, CommandHarness.Run("link", elf, "-o", plain).Code);
        Assert.Equal(
            ExitCode.Success,
            CommandHarness.Run(
                "link", elf, "-o", shaped, "--stack", "0x20000", "--heap", "1MiB", "--export", "guest_main", "--strip",
                "--no-compress", "--map", map).Code);

        var (before, after) = (Inspect(plain), Inspect(shaped));
        Assert.Equal(65536, MemoryOf(before, "stack"));
        Assert.Equal(0x20000, MemoryOf(after, "stack"));
        Assert.Equal(0, MemoryOf(before, "heap"));
        Assert.Equal(1 << 20, MemoryOf(after, "heap"));
        Assert.NotEqual(0, before.GetProperty("symbols").GetArrayLength());
        Assert.Equal(0, after.GetProperty("symbols").GetArrayLength());
        Assert.NotEqual(0, before.GetProperty("code").GetProperty("compressedInstructions").GetInt32());
        Assert.Equal(0, after.GetProperty("code").GetProperty("compressedInstructions").GetInt32());
        Assert.Contains(
            after.GetProperty("entryPoints").EnumerateArray(),
            entry => entry.GetProperty("name").GetString() == "guest_main");
        Assert.Contains("guest_main", File.ReadAllText(map), StringComparison.Ordinal);
    }

    [Fact]
    public void An_export_that_is_not_there_is_an_error_of_the_link()
    {
        var result = CommandHarness.Run(
            "link", Repository.GuestElf("hello"), "-o", _folder.At("out.pvm2"), "--export", "no_such_function", "--json");

        Assert.Equal(ExitCode.LinkError, result.Code);
        Assert.Contains("no_such_function", result.Error, StringComparison.Ordinal);
        Assert.Equal("linkError", result.Json.GetProperty("error").GetProperty("kind").GetString());
        Assert.False(File.Exists(_folder.At("out.pvm2")));
    }

    [Theory]
    [InlineData("static")]
    [InlineData("xjar")]
    public void Assembled_text_runs_and_comes_back_as_text(string profile)
    {
        var container = _folder.At("guest.pvm2");
        var source = _folder.Write("guest.s", Sources.Answer);

        Assert.Equal(ExitCode.Success, CommandHarness.Run("asm", source, "-o", container, "--profile", profile).Code);

        Assert.Contains("(42)", CommandHarness.Run("run", container).Output, StringComparison.Ordinal);
        var listing = CommandHarness.Run("disasm", container);
        Assert.Equal(ExitCode.Success, listing.Code);
        Assert.Matches(@"li\s+a0, 42", listing.Output);
        Assert.Matches(@"ecalli\s+0", listing.Output);
    }

    [Fact]
    public void A_listing_can_do_without_aliases_and_with_other_gas()
    {
        var source = _folder.Write("guest.s", Sources.Answer);

        var plain = CommandHarness.Run("disasm", source, "--no-aliases").Output;

        Assert.DoesNotMatch(@"\bli\s", plain);
        Assert.Matches(@"addi\s+a0, zero, 42", plain);
        Assert.Contains("97", CommandHarness.Run("disasm", source).Output, StringComparison.Ordinal);
        Assert.DoesNotContain("97", CommandHarness.Run("disasm", source, "--gas-model", "flat").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_without_compression_has_four_byte_instructions()
    {
        var container = _folder.At("guest.pvm2");

        CommandHarness.Run("asm", _folder.Write("guest.s", Sources.Answer), "-o", container, "--no-compress");

        Assert.Equal(8, Inspect(container).GetProperty("code").GetProperty("bytes").GetInt32());
    }

    private static JsonElement Inspect(string file) => CommandHarness.Run("inspect", file, "--json").Json;

    private static long MemoryOf(JsonElement inspected, string section) => inspected.GetProperty("sections").EnumerateArray()
        .Where(entry => entry.GetProperty("name").GetString() == section)
        .Sum(entry => entry.GetProperty("memoryBytes").GetInt64());
}

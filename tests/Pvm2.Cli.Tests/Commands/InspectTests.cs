using System.Text.Json;
using Pvm2.Cli.Tests.Kit;
using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Programs;
using Xunit;

namespace Pvm2.Cli.Tests.Commands;

public sealed class InspectTests : IDisposable
{
    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_document_has_its_properties_in_order()
    {
        var json = Inspect(Sources.Print);

        Assert.Equal(
            [
                "file", "kind", "fileBytes", "containerBytes", "profile", "sha256", "code", "jumpTables", "sections",
                "gas", "entryPoints", "symbols", "buildNotes", "exitCode", "error",
            ],
            json.EnumerateObject().Select(property => property.Name));
        Assert.Equal("assembly", json.GetProperty("kind").GetString());
    }

    [Fact]
    public void Code_is_counted()
    {
        var code = Inspect(Sources.Sum).GetProperty("code");

        Assert.Equal(8, code.GetProperty("instructions").GetInt32());
        Assert.Equal(2, code.GetProperty("blocks").GetInt32());
        Assert.Equal(6, code.GetProperty("longestBlock").GetInt32());
        Assert.Equal(6, code.GetProperty("compressedInstructions").GetInt32());
        Assert.Equal((6 * 2) + (2 * 4), code.GetProperty("bytes").GetInt32());
    }

    [Fact]
    public void Gas_tells_the_dearest_block()
    {
        var gas = Inspect(Sources.Loop + "\nother: ecalli 0").GetProperty("gas");

        Assert.Equal("pipeline", gas.GetProperty("model").GetString());
        Assert.Equal(25, gas.GetProperty("memoryLatency").GetInt32());
        Assert.Equal(12UL, gas.GetProperty("cheapestBlock").GetUInt64());
        Assert.Equal(97UL, gas.GetProperty("dearestBlock").GetUInt64());
        Assert.Equal("0x00000004", gas.GetProperty("dearestBlockPc").GetString());
        Assert.Equal((12 + 97) / 2.0, gas.GetProperty("meanBlock").GetDouble());
    }

    [Fact]
    public void Stored_sizes_add_up_to_the_container()
    {
        var file = _folder.Write("guest.s", Sources.Print + "\n.table one main\n.stack 8192\n.heap 4096\n.note \"maker\", \"me\"\n");
        var json = CommandHarness.Run("inspect", file, "--json").Json;

        var stored = json.GetProperty("sections").EnumerateArray().Sum(section => section.GetProperty("storedBytes").GetInt32());

        // Besides there are magic number, version and profile, and one number a section: its count, or 0 pages.
        Assert.Equal(json.GetProperty("containerBytes").GetInt32(), stored + 6 + 9);
    }

    [Fact]
    public void People_see_the_sections_and_the_first_symbols()
    {
        var labels = string.Concat(Enumerable.Range(0, 12).Select(i => $".symbol label_{i} main\n"));
        var file = _folder.Write("guest.s", labels + Sources.Print);

        var few = CommandHarness.Run("inspect", file).Output;
        var all = CommandHarness.Run("inspect", file, "--symbols").Output;

        Assert.Matches(@"read.only data +0x00010000 +4,096", few);
        Assert.Contains("sha256    ", few, StringComparison.Ordinal);
        Assert.Matches(@"… and \d+ more \(--symbols lists all\)", few);
        Assert.DoesNotContain("… and", all, StringComparison.Ordinal);
        Assert.Contains("label_9", all, StringComparison.Ordinal);
        Assert.DoesNotContain('\e', all);
    }

    [Fact]
    public void Names_are_shown_as_they_are_and_not_as_markup()
    {
        var file = _folder.Write("named.pvm2", ProgramWriter.Write(new GuestProgram
        {
            Profile = Profile.Static,
            Code = new byte[] { 0x0b, 0x20, 0x00, 0x00 },
            EntryPoints = [new EntryPoint("[red]main[/]", 0)],
            Symbols = [new CodeSymbol("\u202emain", 0)],
        }));

        var result = CommandHarness.RunColoured("inspect", file);

        Assert.Equal(ExitCode.Success, result.Code);
        Assert.Contains("[red]main[/]", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("\u202e", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("keccak")]
    [InlineData("exports")]
    public void An_elf_and_its_container_are_one_program(string name)
    {
        var elf = Repository.GuestElf(name);
        var container = _folder.At("guest.pvm2");
        CommandHarness.Run("link", elf, "-o", container);

        var linked = CommandHarness.Run("inspect", elf, "--json").Json;
        var stored = CommandHarness.Run("inspect", container, "--json").Json;

        Assert.Equal("elf", linked.GetProperty("kind").GetString());
        Assert.Equal("container", stored.GetProperty("kind").GetString());
        Assert.Equal(linked.GetProperty("sha256").GetString(), stored.GetProperty("sha256").GetString());
        Assert.Equal(
            new FileInfo(container).Length, linked.GetProperty("containerBytes").GetInt64());
    }

    [Fact]
    public void A_valid_program_is_called_so()
    {
        var file = _folder.Write("guest.s", Sources.Answer);

        Assert.EndsWith("valid static program\n", CommandHarness.Run("validate", file).Output, StringComparison.Ordinal);
        var json = CommandHarness.Run("validate", file, "--profile", "xjar", "--json").Json;
        Assert.True(json.GetProperty("valid").GetBoolean());
        Assert.Equal("xjar", json.GetProperty("profile").GetString());
        Assert.Equal(JsonValueKind.Null, json.GetProperty("error").ValueKind);
    }

    private JsonElement Inspect(string source) =>
        CommandHarness.Run("inspect", _folder.Write("guest.s", source), "--json").Json;
}

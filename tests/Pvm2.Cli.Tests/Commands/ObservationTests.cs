using System.Text.Json;
using Pvm2.Cli.Tests.Kit;
using Xunit;

namespace Pvm2.Cli.Tests.Commands;

/// <summary><c>run --stats</c>, <c>--trace</c> and <c>--profile</c>.</summary>
public sealed class ObservationTests : IDisposable
{
    /// <summary>Two turns of a loop in a function that is called; 8 gas in the flat model.</summary>
    private const string Guest = """
        .profile xjar
        .entry main
        main:
            li a0, 2
            call work
            ecalli 0
        work:
            addi a0, a0, -1
            bnez a0, work
            ret
        """;

    private const string Sum = "gas=1000 pc=0x00400000 <main>"
        + " ra=0x0 sp=0x0 gp=0x0 tp=0x0 t0=0x0 t1=0x0 t2=0x0 s0=0x0 s1=0x0 a0=0x0 a1=0x0 a2=0x0 a3=0x0 a4=0x0 a5=0x0\n";

    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_trace_has_a_line_a_block_with_what_has_changed()
    {
        var result = Run("--trace");

        Assert.Equal(ExitCode.Success, result.Code);
        Assert.Equal(
            Sum
            + "gas=997 pc=0x0040000e <work> ra=0x40000a a0=0x2\n"
            + "gas=995 pc=0x0040000e <work> a0=0x1\n"
            + "gas=993 pc=0x00400012 <work+0x4> a0=0x0\n"
            + "gas=992 pc=0x0040000a <main+0xa>\n",
            result.Error);
        Assert.Contains("on the interpreter tier", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_trace_begins_and_ends_where_it_is_told_and_goes_to_a_file()
    {
        var path = _folder.At("trace.txt");
        var result = Run($"--trace={path}", "--trace-from", "4", "--trace-blocks", "1");

        Assert.Equal(ExitCode.Success, result.Code);
        Assert.Empty(result.Error);
        Assert.Equal(
            Sum.Replace("gas=1000 pc=0x00400000 <main> ra=0x0", "gas=995 pc=0x0040000e <work> ra=0x40000a", StringComparison.Ordinal)
                .Replace("a0=0x0", "a0=0x1", StringComparison.Ordinal)
            + "more blocks, which are not shown\n",
            File.ReadAllText(path));
    }

    [Fact]
    public void A_trace_without_metering_has_no_gas()
    {
        var result = CommandHarness.Run("run", _folder.Write("guest.s", Sources.Answer), "--gas-model", "none", "--trace");

        Assert.StartsWith("gas=- pc=0x00000000 <main> ra=0x0 ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Traced_names_cannot_steer_a_terminal()
    {
        var source = ".entry main, \"evil\u202e\"\n\"evil\u202e\": ecalli 0\n";
        var result = CommandHarness.Run("run", _folder.Write("guest.s", source), "--trace", "--profile");

        Assert.DoesNotContain('\u202e', result.Error + result.Output);
        Assert.Contains(@"evil\u202e", result.Error, StringComparison.Ordinal);
        Assert.Contains(@"evil\u202e at 0x00000000", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_profile_follows_the_report()
    {
        var result = Run("--profile");

        Assert.Equal(ExitCode.Success, result.Code);
        Assert.Empty(result.Error);
        var table = result.Output[result.Output.IndexOf("\n\n", StringComparison.Ordinal)..];
        Assert.Equal(
            """


                    self gas  share        total gas  share          calls  function
                           5  55.6%                5  55.6%              1  work at 0x0040000e
                           4  44.4%                9 100.0%              1  main at 0x00400000

                   block gas  share        entered  block
                           4  44.4%              2  0x0040000e <work>
                           1  11.1%              1  0x00400012 <work+0x4>
                           3  33.3%              1  0x00400000 <main>
                           1  11.1%              1  0x0040000a <main+0xa>

            """,
            table);
    }

    [Theory]
    [InlineData("--profile={0}")]
    [InlineData("--gas-profile={0}")]
    public void The_profile_goes_to_a_file(string option)
    {
        var path = _folder.At("stacks.folded");
        var result = Run(string.Format(null, option, path), "--json");

        Assert.Equal(ExitCode.Success, result.Code);
        Assert.Equal("main 4\nmain;work 5\n", File.ReadAllText(path));
        Assert.Equal(9UL, result.Json.GetProperty("gasUsed").GetUInt64());
        Assert.Empty(result.Error);
    }

    [Theory]
    [InlineData("graph.svg", "<svg ")]
    [InlineData("graph.JSON", "{\"$schema\":")]
    public void The_name_of_the_file_says_its_form(string name, string start)
    {
        var result = Run($"--profile={_folder.At(name)}");

        Assert.Equal(ExitCode.Success, result.Code);
        Assert.StartsWith(start, File.ReadAllText(_folder.At(name)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--json")]
    [InlineData("--quiet")]
    public void Where_standard_output_is_taken_the_tables_go_to_standard_error(string option)
    {
        var result = Run("--profile", option);

        Assert.Contains("work at 0x0040000e", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("work", result.Output, StringComparison.Ordinal);
        Assert.Contains("ecalli 0  1", Run("--stats", "--quiet").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void All_of_it_works_at_once()
    {
        var result = Run($"--trace={_folder.At("trace.txt")}", "--profile=" + _folder.At("a.svg"), "--stats", "--profile", "xjar");

        Assert.Equal(ExitCode.Success, result.Code);
        Assert.Equal(5, File.ReadAllLines(_folder.At("trace.txt")).Length);
        Assert.True(File.Exists(_folder.At("a.svg")));
        Assert.Contains("answered  ecalli 0  1", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("interpreter", "operations")]
    [InlineData("native", "machineCode")]
    [InlineData("aot", "savedMethods")]
    public void Stats_are_an_object_of_the_document(string tier, string form)
    {
        if (tier == "native" && Sources.AutomaticTier != tier)
        {
            return;
        }

        var json = Run("--stats", "--json", "--tier", tier).Json;
        var stats = json.GetProperty("stats");

        string[] names =
        [
            "readMilliseconds", "loadMilliseconds", "priceMilliseconds", "compileMilliseconds", "instanceMilliseconds",
            "runMilliseconds", "blocks", "blocksCompiled", "instructions", "instructionsCompiled", "codeForm", "codeBytes",
            "promotions", "gasPerSecond", "memoryBytes", "memoryPagesTouched", "hostCalls", "managementCalls",
        ];
        Assert.Equal(names, stats.EnumerateObject().Select(property => property.Name));
        Assert.Equal((4, 7), (stats.GetProperty("blocks").GetInt32(), stats.GetProperty("instructions").GetInt64()));
        Assert.Equal(form, stats.GetProperty("codeForm").GetString());
        Assert.Equal("{\"0\":1}", JsonSerializer.Serialize(stats.GetProperty("hostCalls")));
        Assert.Equal(JsonValueKind.Null, stats.GetProperty("promotions").ValueKind);
        Assert.Equal(tier == "native", stats.GetProperty("priceMilliseconds").ValueKind == JsonValueKind.Null);
        Assert.Equal(tier == "aot", stats.GetProperty("codeBytes").ValueKind == JsonValueKind.Null);
        if (tier != "aot")
        {
            Assert.Equal((4, 7), (stats.GetProperty("blocksCompiled").GetInt32(), stats.GetProperty("instructionsCompiled").GetInt64()));
        }
    }

    [Fact]
    public void Stats_of_a_run_that_chooses_its_tiers_have_promotions()
    {
        var stats = Run("--stats", "--json").Json.GetProperty("stats");

        Assert.InRange(stats.GetProperty("promotions").GetInt64(), 0, 10);
        Assert.Contains("\npromoted  ", Run("--stats").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Stats_are_a_table_behind_the_report()
    {
        var lines = Run("--stats", "--tier", "interpreter").Output.Split('\n').SkipWhile(line => !line.StartsWith("times", StringComparison.Ordinal)).ToList();

        Assert.Equal(["times     read", "load", "price", "compile", "instance", "run"], lines.Take(6).Select(line => line[..20].Trim()));
        Assert.Equal("compiled  4 of 4 blocks, 7 of 7 instructions", lines[6]);
        Assert.Matches("^code      [0-9,]+ bytes of interpreter slots$", lines[7]);
        Assert.StartsWith("memory    4,096 bytes declared", lines[9], StringComparison.Ordinal);
        Assert.Equal(["answered  ecalli 0  1", string.Empty], lines[10..]);
    }

    [Theory]
    [InlineData("--trace runs the guest block by block", "--trace", "--tier", "native")]
    [InlineData("--profile runs the guest block by block", "--profile", "--tier", "il")]
    [InlineData("--trace and --perf-map exclude each other", "--trace", "--perf-map")]
    [InlineData("--profile counts gas, and --gas-model none has none", "--profile", "--gas-model", "none")]
    [InlineData("--trace-from counts gas, and --gas-model none has none", "--trace", "--trace-from", "1", "--gas-model", "none")]
    [InlineData("'turbo' is not one of", "--trace", "--tier", "turbo", "--profile")]
    [InlineData("'free' is not one of", "--trace", "--trace-from", "2", "--gas-model", "free", "--profile")]
    [InlineData("cannot both go to", "--trace=x.svg", "--profile=x.svg")]
    [InlineData("--trace-blocks is for --trace", "--trace-blocks", "1")]
    [InlineData("--trace-from is for --trace", "--trace-from", "1")]
    [InlineData("'graph.png' does not end in .svg, .folded, .json", "--profile=graph.png")]
    [InlineData("'static.' does not end in", "--profile=static.")]
    [InlineData("'dynamic' is not one of static|xjar", "--profile=dynamic")]
    public void Options_that_do_not_go_together_are_refused(string message, params string[] options)
    {
        var result = CommandHarness.Run(["run", _folder.Write("guest.s", Sources.Answer), .. options]);

        Assert.Equal(ExitCode.Usage, result.Code);
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--trace=")]
    [InlineData("--profile=")]
    public void An_empty_file_name_is_none_and_takes_no_other_word(string option)
    {
        var guest = _folder.Write("guest.s", Sources.Answer);
        var result = CommandHarness.Run("run", option, guest);

        Assert.Equal(ExitCode.Success, result.Code);
        Assert.Equal(Sources.Answer, File.ReadAllText(guest));
    }

    [Fact]
    public void Files_that_cannot_be_written_are_errors_before_the_guest_runs()
    {
        foreach (var option in (string[])["--trace=/nowhere/trace", "--profile=/nowhere/graph.svg", "--snapshot=/nowhere/x", "--snapshot=/"])
        {
            var result = CommandHarness.Run("run", _folder.Write("guest.s", Sources.Print), option);

            Assert.Equal(ExitCode.InputOutput, result.Code);
            Assert.Empty(result.Output);
        }
    }

    [Fact]
    public void A_run_that_is_gone_on_with_can_be_watched()
    {
        var snapshot = _folder.At("run.pvms");
        Assert.Equal(ExitCode.Paused, Run("--snapshot-at", "5", "--snapshot", snapshot).Code);

        var result = CommandHarness.Run("resume", snapshot, "--profile", "--trace", "--stats", "--tier", "interpreter");

        Assert.Equal(ExitCode.Success, result.Code);
        Assert.StartsWith("gas=995 pc=0x0040000e <work> ", result.Error, StringComparison.Ordinal);
        Assert.Equal(3, result.Error.Split('\n').Length - 1);
        Assert.Contains("\ncompiled  4 of 4 blocks", result.Output, StringComparison.Ordinal);
        Assert.Contains("work at 0x0040000e", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_guest_does_is_the_same_when_it_is_watched()
    {
        var file = _folder.Write("guest.s", Sources.NullRead);
        var plain = CommandHarness.Run("run", file, "--json", "--tier", "interpreter");
        var watched = CommandHarness.Run("run", file, "--json", "--trace", $"--profile={_folder.At("a.json")}");

        Assert.Equal(ExitCode.PageFault, watched.Code);
        foreach (var property in plain.Json.EnumerateObject().Where(property => property.Name != "elapsedMilliseconds"))
        {
            Assert.Equal(property.Value.GetRawText(), watched.Json.GetProperty(property.Name).GetRawText());
        }
    }

    [Theory]
    [InlineData("--trace=/dev/full")]
    [InlineData("--profile=FILE.svg")]
    [InlineData("--profile=FILE.folded")]
    [InlineData("--profile=FILE.json")]
    public void A_file_that_has_no_room_is_told_in_the_document(string option)
    {
        // Where there is no such device, there is nothing to write to.
        if (!File.Exists("/dev/full"))
        {
            return;
        }

        var link = _folder.At("full" + Path.GetExtension(option));
        File.CreateSymbolicLink(link, "/dev/full");
        var result = Run(option.Replace("FILE" + Path.GetExtension(option), link, StringComparison.Ordinal), "--json");

        Assert.Equal(ExitCode.InputOutput, result.Code);
        Assert.Equal(74, result.Json.GetProperty("exitCode").GetInt32());
        Assert.Equal("inputOutput", result.Json.GetProperty("error").GetProperty("kind").GetString());
    }

    private CommandResult Run(params string[] options) => CommandHarness.Run(
        ["run", _folder.Write("guest.s", Guest), "--gas", "1000", "--gas-model", "flat", .. options]);
}

using System.Text.Json;
using System.Text.Json.Nodes;
using Pvm2.Cli.Tests.Hosts;
using Pvm2.Cli.Tests.Kit;
using Pvm2.Native;
using Xunit;

namespace Pvm2.Cli.Tests.NativeAot;

/// <summary>The command as one file that NativeAOT made: it does what the ordinary one does.</summary>
public sealed class NativeAotTests(NativeAotPrograms programs) : IClassFixture<NativeAotPrograms>, IDisposable
{
    private static readonly string[] Tiers =
        NativeTier.Support.IsSupported ? ["interpreter", "native"] : ["interpreter"];

    private static readonly string[] Profiles = ["static", "xjar"];

    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [NativeAotFact]
    public void All_guests_end_as_they_do_in_the_ordinary_command()
    {
        var containers = Profiles
            .SelectMany(profile => Directory.GetFiles(Repository.GuestFolder(profile), "*.pvm2"))
            .ToList();

        Assert.NotEmpty(containers);
        foreach (var container in containers)
        {
            AssertSameRun(0, [], container);
        }

        AssertSameRun(0, "some text\n"u8, Path.Combine(Repository.GuestFolder("static"), "echo.pvm2"), "--stdin");
        AssertSameRun(0, [], Repository.GuestElf("shapes"), "--profile", "xjar", "--gas-model", "none");
    }

    [NativeAotFact]
    public void Every_exit_is_the_same()
    {
        AssertSameRun(0, [], Guest(Sources.Answer));
        AssertSameRun(0, [], Guest(Sources.Print));
        AssertSameRun(0, "in\0\xff"u8, Guest(Sources.Echo), "--stdin");
        AssertSameRun(0, [], Guest(Sources.Sum), "--entry", "sum", "--arg", "-1", "--arg", "0x10");
        AssertSameRun(10, [], Guest(Sources.NullRead), "--gas-model", "flat");
        AssertSameRun(10, [], Guest(Sources.WriteToConstant));
        AssertSameRun(11, [], Guest(Sources.Trap));
        AssertSameRun(12, [], Guest(Sources.Loop), "--gas", "100000");
        AssertSameRun(13, [], Guest(Sources.HostCall));
        AssertSameRun(13, [], Guest(Sources.Management));
    }

    [NativeAotFact]
    public void The_other_commands_write_the_same()
    {
        var container = Path.Combine(Repository.GuestFolder("static"), "shapes.pvm2");

        AssertSameOutput("inspect", container);
        AssertSameOutput("inspect", container, "--json");
        AssertSameOutput("disasm", container);
        AssertSameOutput("disasm", container, "--native");
        AssertSameOutput("validate", container, "--json");
        AssertSameOutput("validate", _folder.Write("bad.pvm2", Sources.BadBranch()), "--json");
        AssertSameOutput("link", Repository.GuestElf("shapes"), "-o", _folder.At("linked.pvm2"), "--json");
        AssertSameOutput("asm", Guest(Sources.Sum), "-o", _folder.At("assembled.pvm2"));
        AssertSameOutput("run", "--frobnicate");
    }

    [NativeAotFact]
    public void What_needs_the_compiler_of_the_runtime_is_not_there()
    {
        string[][] lines =
        [
            ["run", Guest(Sources.Answer), "--tier", "il"],
            ["run", Guest(Sources.Answer), "--tier", "aot"],
            ["run", _folder.Write("guest.dll", "MZ")],
            ["aot", Guest(Sources.Answer), "-o", _folder.At("out.dll")],
        ];

        Assert.All(lines, line =>
        {
            var run = ChildProcess.Run(programs.Command, line);
            Assert.Equal((int)ExitCode.UnsupportedTier, run.Code);
            Assert.Contains("it is not part of this build", run.Error, StringComparison.Ordinal);
        });
    }

    /// <summary>A handler that kept a stack frame a call would need hundreds of them for each turn of this loop.</summary>
    [NativeAotFact]
    public void Loops_of_the_interpreter_need_no_stack()
    {
        const string Script = "ulimit -s 256 && exec \"$0\" run \"$1\" --tier interpreter --json";

        var run = ChildProcess.Run("/bin/sh", "-c", Script, programs.Command, Guest(InstructionLoop.Write(turns: 20_000)));

        Assert.Equal(string.Empty, run.Error);
        Assert.Equal("halt", run.Json.GetProperty("exit").GetString());
    }

    [NativeAotFact]
    public void A_fault_of_the_host_is_still_the_hosts()
    {
        if (!NativeTier.Support.IsSupported)
        {
            return;
        }

        ProbeAssertions.AssertTurns(programs.Probe);
        ProbeAssertions.AssertOverflow(programs.Probe);
    }

    [NativeAotFact]
    public void Where_the_native_tier_has_no_room_the_interpreter_runs()
    {
        ProcessResult Run(params string[] options) => PoorHost.RunWithAddresses(
            1L << 32, [programs.Command, "run", Guest(Sources.Answer), "--json", .. options]);

        Assert.Equal((int)ExitCode.UnsupportedTier, Run("--tier", "native").Code);
        Assert.Equal("interpreter", Run().Json.GetProperty("tier").GetString());
    }

    private string Guest(string source) => _folder.Write("guest.s", source);

    private void AssertSameRun(int code, ReadOnlySpan<byte> input, params string[] arguments)
    {
        foreach (var tier in Tiers)
        {
            string[] line = ["run", "--json", "--tier", tier, .. arguments];
            var expected = CommandHarness.RunWithInput(input.ToArray(), line);
            var run = ChildProcess.Run(programs.Command, line, input, new Dictionary<string, string?>());

            Assert.Equal(string.Empty, run.Error);
            Assert.Equal(code, run.Code);
            Assert.Equal(code, (int)expected.Code);
            Assert.Equal(Timeless(expected.Json), Timeless(run.Json));
        }
    }

    private void AssertSameOutput(params string[] arguments)
    {
        var expected = CommandHarness.Run(arguments);
        var run = ChildProcess.Run(programs.Command, arguments);

        Assert.Equal(expected.Output, run.Output);
        Assert.Equal(expected.Error, run.Error);
        Assert.Equal((int)expected.Code, run.Code);
    }

    private static string Timeless(JsonElement document)
    {
        var properties = JsonObject.Create(document)!;
        Assert.True(properties.Remove("elapsedMilliseconds"));
        return properties.ToJsonString();
    }
}

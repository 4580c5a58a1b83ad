using System.Text.Json;
using Pvm2.Cli.Tests.Kit;
using Xunit;

namespace Pvm2.Cli.Tests.Commands;

public sealed class RunJsonTests : IDisposable
{
    private static readonly string[] Properties =
    [
        "file", "sha256", "profile", "tier", "entry", "exit", "exitCode", "result", "pc", "faultAddress", "hostCall",
        "selector", "registers", "gasModel", "gasLimit", "gasUsed", "gasLeft", "instructionsRetired",
        "elapsedMilliseconds", "stdout", "stderr", "snapshot", "stats", "error",
    ];

    private static readonly string[] Registers =
        ["zero", "ra", "sp", "gp", "tp", "t0", "t1", "t2", "s0", "s1", "a0", "a1", "a2", "a3", "a4", "a5"];

    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(Sources.Answer, (int)ExitCode.Success, "halt")]
    [InlineData(Sources.NullRead, (int)ExitCode.PageFault, "pageFault")]
    [InlineData(Sources.Trap, (int)ExitCode.Panic, "panic")]
    [InlineData(Sources.HostCall, (int)ExitCode.HostCall, "hostCall")]
    [InlineData(Sources.Management, (int)ExitCode.HostCall, "hostCall")]
    [InlineData(Sources.Loop, (int)ExitCode.OutOfGas, "outOfGas")]
    public void Every_exit_has_the_same_properties_in_the_same_order(string source, int code, string exit)
    {
        var result = Run(source, "--gas", "1000");

        Assert.Equal(code, (int)result.Code);
        Assert.Empty(result.Error);
        Assert.Equal(Properties, Names(result.Json));
        Assert.Equal(Registers, Names(result.Json.GetProperty("registers")));
        Assert.Equal(exit, Text(result.Json, "exit"));
        Assert.Equal(code, result.Json.GetProperty("exitCode").GetInt32());
        Assert.Equal(1000UL, Gas(result.Json, "gasLimit"));
        Assert.Equal(1000UL, Gas(result.Json, "gasUsed") + Gas(result.Json, "gasLeft"));
        Assert.Equal(64, Text(result.Json, "sha256")!.Length);
        Assert.Equal("main", Text(result.Json, "entry"));
        Assert.Equal(Sources.AutomaticTier, Text(result.Json, "tier"));
        Assert.Equal(JsonValueKind.Null, result.Json.GetProperty("error").ValueKind);
    }

    [Fact]
    public void A_halt_has_its_result()
    {
        var json = Run(Sources.Answer).Json;

        Assert.Equal("0x0000002a", Text(json, "result"));
        Assert.Equal("0x000000000000002a", Text(json.GetProperty("registers"), "a0"));
        Assert.Equal("selector", Text(json, "hostCall"));
        Assert.Equal(0, json.GetProperty("selector").GetInt32());
        Assert.Equal(JsonValueKind.Null, json.GetProperty("gasLimit").ValueKind);
        Assert.Equal(97UL, Gas(json, "gasUsed"));
        Assert.Equal(ulong.MaxValue - 97, Gas(json, "gasLeft"));
    }

    [Fact]
    public void A_page_fault_has_its_place_and_the_registers_before_it()
    {
        var json = Run(Sources.NullRead).Json;

        Assert.Equal("0x00000004", Text(json, "pc"));
        Assert.Equal("0x00000010", Text(json, "faultAddress"));
        Assert.Null(Text(json, "result"));
        Assert.Equal("0x0000000000000007", Text(json.GetProperty("registers"), "a0"));
        Assert.Equal("0x0000000000000010", Text(json.GetProperty("registers"), "a1"));
        Assert.Equal("0x0000000000000000", Text(json.GetProperty("registers"), "a2"));
    }

    [Fact]
    public void A_host_call_has_its_selector_and_the_next_instruction()
    {
        var json = Run(Sources.HostCall).Json;

        Assert.Equal("selector", Text(json, "hostCall"));
        Assert.Equal(99, json.GetProperty("selector").GetInt32());
        Assert.Equal("0x00000004", Text(json, "pc"));
        Assert.Null(Text(json, "result"));
    }

    [Fact]
    public void A_management_call_has_no_selector()
    {
        var json = Run(Sources.Management).Json;

        Assert.Equal("management", Text(json, "hostCall"));
        Assert.Equal(JsonValueKind.Null, json.GetProperty("selector").ValueKind);
    }

    [Theory]
    [InlineData(Sources.Answer, 2)]
    [InlineData(Sources.Trap, 1)]
    [InlineData(Sources.NullRead, 2)]
    [InlineData(Sources.HostCall, 1)]
    public void The_flat_model_counts_what_completed(string source, int expected) =>
        Assert.Equal((ulong)expected, Gas(Run(source, "--gas-model", "flat").Json, "instructionsRetired"));

    [Fact]
    public void Other_models_do_not_count()
    {
        Assert.Equal(JsonValueKind.Null, Run(Sources.Answer).Json.GetProperty("instructionsRetired").ValueKind);
        var unmetered = Run(Sources.Answer, "--gas-model", "none").Json;
        Assert.Equal(JsonValueKind.Null, unmetered.GetProperty("gasUsed").ValueKind);
        Assert.Equal(JsonValueKind.Null, unmetered.GetProperty("gasLeft").ValueKind);
    }

    [Fact]
    public void What_the_guest_prints_is_in_the_document_alone()
    {
        var json = Run(Sources.Print).Json;

        Assert.Equal(3, json.GetProperty("stdout").GetProperty("bytes").GetInt64());
        Assert.Equal("out", Text(json.GetProperty("stdout"), "text"));
        Assert.Equal("b3V0", Text(json.GetProperty("stdout"), "base64"));
        Assert.Null(Text(json.GetProperty("stderr"), "text"));
        Assert.Equal("/woA", Text(json.GetProperty("stderr"), "base64"));
    }

    [Fact]
    public void A_flood_is_cut_off_and_counted()
    {
        var stdout = Run(Sources.Flood).Json.GetProperty("stdout");

        Assert.Equal(300 * 4096, stdout.GetProperty("bytes").GetInt64());
        Assert.True(stdout.GetProperty("truncated").GetBoolean());
        Assert.Equal(1 << 20, stdout.GetProperty("base64").GetBytesFromBase64().Length);
    }

    [Fact]
    public void A_failure_before_the_run_has_a_document_too()
    {
        var result = CommandHarness.Run("run", _folder.At("missing.pvm2"), "--json");

        Assert.Equal(ExitCode.InputOutput, result.Code);
        Assert.Equal(["exitCode", "error"], Names(result.Json));
        Assert.Equal((int)ExitCode.InputOutput, result.Json.GetProperty("exitCode").GetInt32());
        Assert.Equal("inputOutput", Text(result.Json.GetProperty("error"), "kind"));
        Assert.Contains("missing.pvm2", Text(result.Json.GetProperty("error"), "message"), StringComparison.Ordinal);
        Assert.Contains("missing.pvm2", result.Error, StringComparison.Ordinal);
    }

    private static string[] Names(JsonElement element) => [.. element.EnumerateObject().Select(entry => entry.Name)];

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    private static ulong Gas(JsonElement element, string name) => element.GetProperty(name).GetUInt64();

    private CommandResult Run(string source, params string[] options) =>
        CommandHarness.Run(["run", _folder.Write("guest.s", source), "--json", .. options]);
}

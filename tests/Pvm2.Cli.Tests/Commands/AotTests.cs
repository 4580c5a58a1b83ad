using System.Text.Json;
using Pvm2.Cli.Aot;
using Pvm2.Cli.Tests.Kit;
using Xunit;

namespace Pvm2.Cli.Tests.Commands;

/// <summary><c>pvm2 aot</c>, and <c>pvm2 run</c> of what it wrote.</summary>
public sealed class AotTests : IDisposable
{
    private readonly Folder _folder = new();

    private string Sum => _folder.Write("sum.s", Sources.Sum);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_saved_guest_runs()
    {
        var target = _folder.At("My sum.dll");
        var written = CommandHarness.Run("aot", Sum, "-o", target, "--json");

        Assert.Equal(string.Empty, written.Error);
        Assert.Equal(ExitCode.Success, written.Code);
        Assert.Equal("Pvm2.Guests.My_sum", written.Json.GetProperty("class").GetString());
        Assert.Equal(new FileInfo(target).Length, written.Json.GetProperty("assemblyBytes").GetInt64());

        var run = CommandHarness.Run("run", target, "--entry", "sum", "--arg", "40", "--arg", "2", "--json");
        Assert.Equal(string.Empty, run.Error);
        Assert.Equal("aot", run.Json.GetProperty("tier").GetString());
        Assert.Equal("0x0000002a", run.Json.GetProperty("result").GetString());
        Assert.Equal(
            written.Json.GetProperty("sha256").GetString(), run.Json.GetProperty("sha256").GetString());
    }

    [Fact]
    public void It_runs_on_other_tiers_too()
    {
        var target = Write();

        Assert.Equal("interpreter", RunJson(target, "--tier", "interpreter").GetProperty("tier").GetString());
        Assert.Equal("aot", RunJson(target, "--tier", "aot").GetProperty("tier").GetString());
    }

    [Fact]
    public void People_are_told_what_was_written()
    {
        var written = CommandHarness.Run(
            "aot", Sum, "-o", _folder.At("a.dll"), "--namespace", "Acme.Guests", "--class", "Sum", "--gas-model", "flat",
            "--gas-model", "none");

        Assert.Contains("class     Acme.Guests.Sum, compiled by .NET when it is used", written.Output, StringComparison.Ordinal);
        Assert.Contains("gas       flat, none", written.Output, StringComparison.Ordinal);
        Assert.Contains("entries   main, sum", written.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_gas_model_without_code_is_refused()
    {
        var run = CommandHarness.Run("run", Write("--gas-model", "flat"));

        Assert.Equal(ExitCode.UnsupportedTier, run.Code);
        Assert.Contains("has no code for the gas model pipeline, only for flat", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--class", "not-one")]
    [InlineData("--namespace", "A..B")]
    [InlineData("--gas-model", "7")]
    public void Wrong_names_are_refused(string option, string value)
    {
        var written = CommandHarness.Run("aot", Sum, "-o", _folder.At("a.dll"), option, value);

        Assert.Equal(ExitCode.Usage, written.Code);
        Assert.Contains($"{option}: '", written.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_assemblies_and_damaged_files_are_refused()
    {
        var other = CommandHarness.Run("run", typeof(AotTests).Assembly.Location);
        var damaged = CommandHarness.Run("run", _folder.Write("guest.dll", "MZ and no more"));

        Assert.Equal(ExitCode.InvalidProgram, other.Code);
        Assert.Contains("holds no guest", other.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.InvalidProgram, damaged.Code);
        Assert.Contains("no .NET assembly", damaged.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("inspect")]
    [InlineData("disasm")]
    [InlineData("validate")]
    public void The_other_commands_do_not_take_it(string command)
    {
        var result = CommandHarness.Run(command, Write());

        Assert.Equal(ExitCode.InvalidProgram, result.Code);
        Assert.Contains("only 'pvm2 run' takes", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_process_writes_the_same_bytes()
    {
        var command = Path.Combine(AppContext.BaseDirectory, "pvm2.dll");
        var source = Repository.GuestElf("shapes");
        string[] Line(string target) => ["aot", source, "-o", target, "--class", "Shapes", "--gas-model", "pipeline", "--gas-model", "none"];
        Directory.CreateDirectory(_folder.At("1"));
        Directory.CreateDirectory(_folder.At("2"));
        var first = _folder.At("1/shapes.dll");
        var second = _folder.At("2/shapes.dll");

        Assert.Equal(ExitCode.Success, CommandHarness.Run(Line(first)).Code);
        Assert.Equal(0, ChildProcess.Run("dotnet", [command, .. Line(second)]).Code);
        Assert.Equal(File.ReadAllBytes(first), File.ReadAllBytes(second));
    }

    [Fact]
    public void Without_crossgen2_it_says_what_is_missing()
    {
        var written = CommandHarness.Run("aot", Sum, "-o", _folder.At("a.dll"), "--crossgen", _folder.At("nowhere"));

        Assert.Equal(ExitCode.Usage, written.Code);
        Assert.Contains($"there is no crossgen2 at {_folder.At("nowhere")}", written.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.At("a.dll")));
    }

    [Fact]
    public void With_crossgen2_it_holds_machine_code_and_runs()
    {
        if (!ReadyToRunCompiler.TryFind(null, out _, out var failure))
        {
            Assert.Contains("microsoft.netcore.app.crossgen2", failure.Message, StringComparison.Ordinal);
            return;
        }

        var keccak = Path.Combine(Repository.GuestFolder("static"), "keccak.pvm2");
        var target = _folder.At("Keccak.dll");
        var written = CommandHarness.Run("aot", keccak, "-o", target, "--ready-to-run", "--json");

        Assert.Equal(string.Empty, written.Error);
        Assert.True(written.Json.GetProperty("readyToRun").GetBoolean());
        var plain = CommandHarness.Run("aot", keccak, "-o", _folder.At("Plain.dll"), "--json");
        Assert.True(
            written.Json.GetProperty("assemblyBytes").GetInt64() > plain.Json.GetProperty("assemblyBytes").GetInt64());
        Assert.Equal("0x39e50259", RunJson(target).GetProperty("result").GetString());
    }

    private string Write(params string[] options)
    {
        var target = _folder.At("sum.dll");
        Assert.Equal(ExitCode.Success, CommandHarness.Run(["aot", Sum, "-o", target, .. options]).Code);
        return target;
    }

    private static JsonElement RunJson(string file, params string[] options)
    {
        var run = CommandHarness.Run(["run", file, "--json", .. options]);
        Assert.Equal(string.Empty, run.Error);
        return run.Json;
    }
}

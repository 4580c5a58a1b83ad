using Pvm2.Cli.Tests.Kit;
using Xunit;

namespace Pvm2.Cli.Tests.Commands;

public sealed class RunTests : IDisposable
{
    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_halt_shows_result_exit_and_gas()
    {
        var result = Run(Sources.Answer);

        Assert.Equal(ExitCode.Success, result.Code);
        Assert.Empty(result.Error);
        Assert.Matches(@"^result    0x0000002a \(42\)\nexit      halt\ngas       97 used with no limit, pipeline model\n", result.Output);
        Assert.Matches($@"\ntime      [\d.]+ (µs|ms|s) on the {Sources.AutomaticTier} tier\n", result.Output);
        Assert.EndsWith("\nprogram   static profile, 8 bytes of code in 1 block\n", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Colours_are_for_terminals()
    {
        var file = _folder.Write("guest.s", Sources.Answer);

        Assert.Contains("\e[32mhalt\e[0m", CommandHarness.RunColoured("run", file).Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\e', CommandHarness.Run("run", file).Output);
    }

    [Fact]
    public void A_limit_shows_what_is_left()
    {
        var result = Run(Sources.Answer, "--gas", "0x3e8");

        Assert.Contains("97 used of 1,000, 903 left", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_metering_no_gas_is_shown()
    {
        var result = Run(Sources.Answer, "--gas-model", "none");

        Assert.Contains("gas       not metered\n", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_flat_model_tells_the_instructions()
    {
        var result = Run(Sources.Answer, "--gas-model", "flat");

        Assert.Contains("retired   2 instructions\n", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Sources.NullRead, (int)ExitCode.PageFault, "page fault at 0x00000004 <here>: ld a2, 0(a1)")]
    [InlineData(Sources.Trap, (int)ExitCode.Panic, "panic at 0x00000002 <here>: trap")]
    [InlineData(Sources.HostCall, (int)ExitCode.HostCall, "unhandled host call ecalli 99, next 0x00000004 <main+0x4>: ecalli 0")]
    [InlineData(Sources.Management, (int)ExitCode.HostCall, "unhandled host call ecall.jar, next 0x00000004 <main+0x4>: ecalli 0")]
    public void Any_other_exit_has_its_code_and_shows_the_registers(string source, int code, string exit)
    {
        var result = Run(source);

        Assert.Equal(code, (int)result.Code);
        Assert.Contains($"exit      {exit}", result.Output, StringComparison.Ordinal);
        Assert.Contains("a5 0x0000000000000000", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("result", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_fault_names_the_address() =>
        Assert.Contains("no access to address 0x00000010", Run(Sources.NullRead).Output, StringComparison.Ordinal);

    [Fact]
    public void Too_little_gas_stops_before_the_block()
    {
        var result = Run(Sources.Loop, "--gas", "1000");

        Assert.Equal(ExitCode.OutOfGas, result.Code);
        Assert.Contains("exit      out of gas before 0x00000000", result.Output, StringComparison.Ordinal);
        Assert.Contains("of 1,000, ", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Arguments_go_to_the_registers_of_the_entry_point()
    {
        var result = Run(
            Sources.Sum,
            "--entry", "sum", "--arg", "1", "--arg", "0x10", "--arg", "-7", "--arg=-0x1", "--arg", "1_000", "--arg", "0");

        Assert.Equal(ExitCode.Success, result.Code);
        Assert.Contains("(1009)", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_name_the_default_entry_point_runs() =>
        Assert.Contains("0x00000001 (1)", Run(Sources.Sum).Output, StringComparison.Ordinal);

    [Fact]
    public void An_unknown_entry_point_is_wrong_usage_and_the_known_ones_are_named()
    {
        var result = Run(Sources.Sum, "--entry", "product");

        Assert.Equal(ExitCode.Usage, result.Code);
        Assert.Contains("has no entry point 'product'; it has: main, sum", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_guest_prints_before_its_report_and_on_lines_of_its_own()
    {
        var result = Run(Sources.Print);

        Assert.StartsWith("out\nresult", result.Output, StringComparison.Ordinal);
        Assert.Contains('\n', result.Error);
    }

    [Fact]
    public void Quiet_leaves_the_output_to_the_guest()
    {
        Assert.Equal("out"u8, Run(Sources.Print, "--quiet").OutputBytes);
        Assert.Empty(Run(Sources.Answer, "-q").Output);
    }

    [Fact]
    public void Quiet_reports_a_failure_on_the_error_stream()
    {
        var result = Run(Sources.Trap, "--quiet");

        Assert.Empty(result.Output);
        Assert.Contains("panic at", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_input_reaches_the_guest_byte_for_byte()
    {
        var bytes = Enumerable.Range(0, 100_000).Select(i => (byte)(i * 7)).ToArray();
        var file = _folder.Write("guest.s", Sources.Echo);
        var input = _folder.Write("input", bytes);

        Assert.Equal(bytes, CommandHarness.RunWithInput(bytes, "run", file, "--stdin", "-q").OutputBytes);
        Assert.Equal(bytes, CommandHarness.Run("run", file, "--input", input, "-q").OutputBytes);
    }

    [Fact]
    public void Without_an_option_the_input_is_empty()
    {
        var file = _folder.Write("guest.s", Sources.Echo);

        Assert.Empty(CommandHarness.RunWithInput([1, 2, 3], "run", file, "-q").OutputBytes);
    }

    [Fact]
    public void The_result_can_be_the_exit_code()
    {
        Assert.Equal(42, (int)Run(Sources.Answer, "--exit-with-result").Code);
        Assert.Equal(ExitCode.Panic, Run(Sources.Trap, "--exit-with-result").Code);
    }

    [Theory]
    [InlineData("auto")]
    [InlineData("interpreter")]
    [InlineData("il")]
    [InlineData("aot")]
    public void A_tier_of_this_build_runs(string tier) =>
        Assert.Equal(ExitCode.Success, Run(Sources.Answer, "--tier", tier).Code);

    [Fact]
    public void Memory_beyond_the_limit_is_refused()
    {
        var result = Run(Sources.Echo, "--max-memory", "4095");

        Assert.Equal(ExitCode.LimitExceeded, result.Code);
        Assert.Contains("--max-memory allows 4,095", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("static")]
    [InlineData("xjar")]
    public void An_elf_is_linked_and_runs(string profile)
    {
        var result = CommandHarness.Run("run", Repository.GuestElf("keccak"), "--profile", profile);

        Assert.Equal(ExitCode.Success, result.Code);
        Assert.Contains("result    0x39e50259", result.Output, StringComparison.Ordinal);
        Assert.Contains($"program   {profile} profile", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_container_has_the_profile_that_it_says()
    {
        var container = _folder.At("guest.pvm2");
        var source = _folder.Write("guest.s", Sources.Answer);
        Assert.Equal(ExitCode.Success, CommandHarness.Run("asm", source, "-o", container).Code);

        Assert.Equal(ExitCode.Success, CommandHarness.Run("run", container, "--profile", "static").Code);
        var result = CommandHarness.Run("run", container, "--profile", "xjar");
        Assert.Equal(ExitCode.Usage, result.Code);
        Assert.Contains("is a program of the static profile", result.Error, StringComparison.Ordinal);
    }

    private CommandResult Run(string source, params string[] options) =>
        CommandHarness.Run(["run", _folder.Write("guest.s", source), .. options]);
}

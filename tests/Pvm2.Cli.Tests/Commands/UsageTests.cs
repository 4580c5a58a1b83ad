using Pvm2.Cli.Tests.Kit;
using Xunit;

namespace Pvm2.Cli.Tests.Commands;

public sealed class UsageTests : IDisposable
{
    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("", "--gas", "lots", "--gas: 'lots' is not a decimal or 0x hexadecimal number.")]
    [InlineData("", "--gas", "-1", "--gas: '-1' must not be negative.")]
    [InlineData("", "--gas", "18446744073709551616", "--gas: '18446744073709551616' does not fit into 64 bits.")]
    [InlineData("", "--gas-model", "free", "--gas-model: 'free' is not one of pipeline|flat|none.")]
    [InlineData("", "--tier", "turbo", "--tier: 'turbo' is not one of auto|interpreter|il|aot|native.")]
    [InlineData("", "--profile", "dynamic", "--profile: 'dynamic' is not one of static|xjar.")]
    [InlineData("", "--arg", "x", "--arg: 'x' is not a decimal or 0x hexadecimal number.")]
    [InlineData("", "--max-memory", "64KB", "--max-memory: '64KB' is not a size such as 65536, 0x10000 or 64KiB.")]
    [InlineData("--arg 1 --arg 2 --arg 3 --arg 4 --arg 5 --arg 6", "--arg", "7", "at most 6 arguments")]
    [InlineData("--stdin", "--input", "x", "--stdin and --input exclude each other.")]
    [InlineData("", "--colour", "x", "--colour")]
    [InlineData("", "--gas", null, "--gas")]
    public void A_wrong_option_of_run_is_named(string before, string option, string? value, string message)
    {
        string[] arguments =
        [
            "run",
            _folder.Write("guest.s", Sources.Answer),
            .. before.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            option,
            .. value is null ? (string[])[] : [value],
        ];

        var result = CommandHarness.Run(arguments);

        Assert.Equal(ExitCode.Usage, result.Code);
        Assert.Empty(result.Output);
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
        Assert.EndsWith("See 'pvm2 run --help'.\n", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("run")]
    [InlineData("link")]
    [InlineData("asm")]
    [InlineData("disasm")]
    [InlineData("inspect")]
    [InlineData("validate")]
    public void Every_command_needs_a_file_and_has_help_with_examples(string command)
    {
        var missing = CommandHarness.Run(command);
        Assert.Equal(ExitCode.Usage, missing.Code);
        Assert.Contains($"See 'pvm2 {command} --help'.", missing.Error, StringComparison.Ordinal);

        var help = CommandHarness.Run(command, "--help");
        Assert.Equal(ExitCode.Success, help.Code);
        Assert.Empty(help.Error);
        Assert.Contains($"Examples:\n  pvm2 {command} ", help.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("link")]
    [InlineData("asm")]
    public void What_writes_needs_to_know_where(string command)
    {
        var result = CommandHarness.Run(command, _folder.Write("a.s", Sources.Answer));

        Assert.Equal(ExitCode.Usage, result.Code);
        Assert.Contains("--output", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_region_of_the_linker_has_a_limit()
    {
        var result = CommandHarness.Run(
            "link", Repository.GuestElf("hello"), "-o", _folder.At("out.pvm2"), "--heap", "3GiB");

        Assert.Equal(ExitCode.Usage, result.Code);
        Assert.Contains("--heap: more than 2GiB.", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_that_starts_with_an_at_sign_is_no_response_file()
    {
        var responses = _folder.Write("responses", "--version");

        var result = CommandHarness.Run($"@{responses}");

        Assert.Equal(ExitCode.Usage, result.Code);
        Assert.Empty(result.Output);
    }

    [Fact]
    public void What_a_command_line_names_cannot_steer_the_terminal()
    {
        var result = CommandHarness.Run("run", "\e[2Jfile");

        Assert.DoesNotContain('\e', result.Error);
        Assert.Contains("\\u001b[2Jfile", result.Error, StringComparison.Ordinal);
    }
}

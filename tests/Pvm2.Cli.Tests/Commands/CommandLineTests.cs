using Pvm2.Cli.Tests.Kit;
using Xunit;

namespace Pvm2.Cli.Tests.Commands;

public sealed class CommandLineTests
{
    [Fact]
    public void No_arguments_show_the_help_and_count_as_wrong_usage()
    {
        var result = CommandHarness.Run();

        Assert.Equal(ExitCode.Usage, result.Code);
        Assert.Contains("Usage:", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Help_ends_with_examples()
    {
        var result = CommandHarness.Run("--help");

        Assert.Equal(ExitCode.Success, result.Code);
        Assert.Contains("Examples:\n", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Version_names_the_program_and_the_runtime()
    {
        var result = CommandHarness.Run("--version");

        Assert.Equal(ExitCode.Success, result.Code);
        Assert.Matches(@"^pvm2 \d+\.\d+\.\d+ \(.*\.NET 10\.", result.Output);
    }

    [Fact]
    public void An_unknown_command_is_wrong_usage()
    {
        var result = CommandHarness.Run("frobnicate");

        Assert.Equal(ExitCode.Usage, result.Code);
        Assert.Empty(result.Output);
        Assert.Contains("frobnicate", result.Error, StringComparison.Ordinal);
        Assert.Contains("--help", result.Error, StringComparison.Ordinal);
    }
}

using System.Text;
using Pvm2.Cli.Output;

namespace Pvm2.Cli.Tests.Kit;

/// <summary>Runs a command line in this process on streams in memory.</summary>
internal static class CommandHarness
{
    public static CommandResult Run(params string[] arguments) => Run([], Palette.Plain, arguments);

    public static CommandResult RunColoured(params string[] arguments) => Run([], Palette.Ansi, arguments);

    public static CommandResult RunWithInput(byte[] input, params string[] arguments) =>
        Run(input, Palette.Plain, arguments);

    private static CommandResult Run(byte[] input, Palette palette, string[] arguments)
    {
        using var standardInput = new MemoryStream(input);
        using var standardOutput = new MemoryStream();
        using var standardError = new MemoryStream();
        using var output = new CommandOutput(standardInput, standardOutput, standardError, palette, palette);
        var code = Application.Run(arguments, output);
        return new CommandResult(
            code, standardOutput.ToArray(), Encoding.UTF8.GetString(standardError.ToArray()));
    }
}

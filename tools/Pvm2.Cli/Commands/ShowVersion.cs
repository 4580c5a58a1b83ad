using System.CommandLine;
using System.CommandLine.Invocation;
using System.Reflection;
using System.Runtime.InteropServices;

namespace Pvm2.Cli.Commands;

/// <summary>Prints the version of this program and of what it runs on.</summary>
internal sealed class ShowVersion : SynchronousCommandLineAction
{
    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        var version = typeof(ShowVersion).Assembly
            .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
        var (number, commit) = version.Split('+', 2) is [var first, var second]
            ? (first, $"commit {second[..Math.Min(12, second.Length)]}, ")
            : (version, string.Empty);
        parseResult.InvocationConfiguration.Output.WriteLine(
            $"pvm2 {number} ({commit}{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.RuntimeIdentifier})");
        return 0;
    }
}

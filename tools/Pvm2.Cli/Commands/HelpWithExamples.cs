using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Pvm2.Cli.Commands;

/// <summary>The usual help, and after it examples: a command's own, or the first one of each command.</summary>
/// <param name="help">Writes the usual help.</param>
/// <param name="commands">All commands.</param>
internal sealed class HelpWithExamples(HelpAction help, IReadOnlyList<DocumentedCommand> commands)
    : SynchronousCommandLineAction
{
    /// <summary>Help is shown whatever else the command line lacks.</summary>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        var status = help.Invoke(parseResult);
        var current = parseResult.CommandResult.Command;
        var own = commands.FirstOrDefault(command => command.Command == current);
        var examples = own is null ? commands.Select(command => command.Examples[0]) : own.Examples;
        var output = parseResult.InvocationConfiguration.Output;
        output.WriteLine("Examples:");
        foreach (var example in examples)
        {
            output.WriteLine($"  {example}");
        }

        return status;
    }
}

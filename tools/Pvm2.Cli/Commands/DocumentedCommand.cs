using System.CommandLine;

namespace Pvm2.Cli.Commands;

/// <summary>A subcommand and the examples that its help ends with.</summary>
/// <param name="Command">The command with its options and its action.</param>
/// <param name="Examples">Command lines, the first the most common; shown by <c>--help</c>.</param>
internal sealed record DocumentedCommand(Command Command, params IReadOnlyList<string> Examples);

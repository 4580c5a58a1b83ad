using Pvm2.Cli.Output;

namespace Pvm2.Cli.Commands;

/// <summary>All subcommands, in the order of the help.</summary>
internal static class CommandCatalog
{
    /// <summary>Makes the commands on given streams.</summary>
    public static IReadOnlyList<DocumentedCommand> Create(CommandOutput output) =>
    [
        RunCommand.Create(output),
        ResumeCommand.Create(output),
        LinkCommand.Create(output),
        AotCommand.Create(output),
        AsmCommand.Create(output),
        DisasmCommand.Create(output),
        InspectCommand.Create(output),
        ValidateCommand.Create(output),
        ManifestCommand.Create(output),
    ];
}

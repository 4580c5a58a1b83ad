using System.CommandLine;
using Pvm2.Cli.Input;
using Pvm2.Cli.Inspection;
using Pvm2.Cli.Options;
using Pvm2.Cli.Output;

namespace Pvm2.Cli.Commands;

/// <summary><c>pvm2 inspect</c>.</summary>
internal static class InspectCommand
{
    /// <summary>Makes the command.</summary>
    public static DocumentedCommand Create(CommandOutput output)
    {
        var file = CommonOptions.Program();
        var gasModel = CommonOptions.GasModel();
        var profile = CommonOptions.Profile();
        var symbols = new Option<bool>("--symbols") { Description = "List all symbols and not only the first." };
        var json = CommonOptions.Json("Print one JSON document, with all symbols.");
        var command = new Command("inspect", "Show what a program is made of: sections, entry points, blocks, gas.")
        {
            file, profile, gasModel, symbols, json,
        };
        command.SetAction(result =>
        {
            if (!ProgramSource.TryRead(
                    result.GetRequiredValue(file), result.GetValue(profile), out var source, out var failure)
                || !ModuleSource.TryLoad(source, out var module, out failure))
            {
                return (int)FailurePrinter.Print(output, failure, result.GetValue(json));
            }

            var document = InspectDocument.Of(source, module, result.GetValue(gasModel));
            if (result.GetValue(json))
            {
                JsonOutput.Write(output, document, DocumentContext.Default.InspectDocument);
            }
            else
            {
                InspectReport.Write(document, output, result.GetValue(symbols));
            }

            return (int)ExitCode.Success;
        });
        return new DocumentedCommand(
            command,
            "pvm2 inspect keccak.pvm2",
            "pvm2 inspect keccak.elf --profile xjar --symbols",
            "pvm2 inspect keccak.pvm2 --json");
    }
}

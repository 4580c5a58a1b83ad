using System.CommandLine;
using Pvm2.Cli.Input;
using Pvm2.Cli.Inspection;
using Pvm2.Cli.Options;
using Pvm2.Cli.Output;

namespace Pvm2.Cli.Commands;

/// <summary><c>pvm2 validate</c>.</summary>
internal static class ValidateCommand
{
    /// <summary>Makes the command.</summary>
    public static DocumentedCommand Create(CommandOutput output)
    {
        var file = CommonOptions.Program();
        var profile = CommonOptions.Profile();
        var json = CommonOptions.Json();
        var command = new Command("validate", "Say whether a program keeps the rules of its profile.")
        {
            file, profile, json,
        };
        command.SetAction(result =>
        {
            var path = result.GetRequiredValue(file);
            var forPrograms = result.GetValue(json);
            return (int)(ProgramSource.TryRead(path, result.GetValue(profile), out var source, out var failure)
                && ModuleSource.TryLoad(source, out var module, out failure)
                ? TellValid(ValidateDocument.Of(source, module), forPrograms, output)
                : TellInvalid(path, failure, forPrograms, output));
        });
        return new DocumentedCommand(
            command,
            "pvm2 validate keccak.pvm2",
            "pvm2 validate keccak.pvm2 --json");
    }

    private static ExitCode TellValid(ValidateDocument document, bool json, CommandOutput output)
    {
        if (json)
        {
            JsonOutput.Write(output, document, DocumentContext.Default.ValidateDocument);
        }
        else
        {
            output.Text.WriteLine(
                $"{PrintableText.Of(document.File)}: {output.OutputPalette.Good("valid")} {document.Profile} program");
        }

        return ExitCode.Success;
    }

    private static ExitCode TellInvalid(string path, CommandFailure failure, bool json, CommandOutput output)
    {
        var judged = failure.Code is ExitCode.InvalidProgram or ExitCode.LinkError or ExitCode.AssemblyError;
        if (!json || !judged)
        {
            return FailurePrinter.Print(output, failure, json);
        }

        JsonOutput.Write(output, ValidateDocument.Of(path, failure), DocumentContext.Default.ValidateDocument);
        return FailurePrinter.Print(output, failure, json: false);
    }
}

using System.CommandLine;
using System.Text;
using Pvm2.Cli.Input;
using Pvm2.Cli.Options;
using Pvm2.Cli.Output;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Programs;

namespace Pvm2.Cli.Commands;

/// <summary><c>pvm2 manifest</c>.</summary>
internal static class ManifestCommand
{
    /// <summary>Makes the command.</summary>
    public static DocumentedCommand Create(CommandOutput output)
    {
        var file = CommonOptions.Program();
        var target = new Option<string>("--output", "-o")
        {
            HelpName = "FILE",
            Description = "The manifest to write.",
            Required = true,
        };
        var container = new Option<string?>("--container")
        {
            HelpName = "FILE",
            Description = "Write the program's container too.",
        };
        var profile = CommonOptions.Profile();
        var command = new Command("manifest", "Write what a program offers, for builds: its hash and its entry points.")
        {
            file, target, container, profile,
        };
        command.SetAction(result =>
        {
            if (!ProgramSource.TryRead(
                    result.GetRequiredValue(file), result.GetValue(profile), out var source, out var failure)
                || !ModuleSource.TryLoad(source, out var module, out failure)
                || (result.GetValue(container) is { } path
                    && !BoundedFile.TryWrite(path, ProgramWriter.Write(module.Program), out failure))
                || !BoundedFile.TryWrite(result.GetRequiredValue(target), Encoding.UTF8.GetBytes(Describe(module)), out failure))
            {
                return (int)FailurePrinter.Print(output, failure, json: false);
            }

            return (int)ExitCode.Success;
        });
        return new DocumentedCommand(
            command,
            "pvm2 manifest keccak.pvm2 -o keccak.pvm2manifest",
            "pvm2 manifest keccak.elf -o keccak.pvm2manifest --container keccak.pvm2");
    }

    // A line ends with this character alone, which no name of a valid program holds.
    private static string Describe(Module module)
    {
        var manifest = new StringBuilder("pvm2-manifest 1\n").Append("sha256 ").Append(module.Hash).Append('\n');
        foreach (var entry in module.Program.EntryPoints)
        {
            manifest.Append("entry ").Append(entry.Name).Append('\n');
        }

        return manifest.ToString();
    }
}

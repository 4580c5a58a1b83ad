using System.CommandLine;
using Pvm2.Cli.Options;
using Pvm2.Cli.Output;
using Pvm2.Cli.Running;
using Pvm2.Runtime.Gas;

namespace Pvm2.Cli.Commands;

/// <summary><c>pvm2 run</c>.</summary>
internal static class RunCommand
{
    private static readonly CommandFailure NothingMetered = new(
        ExitCode.Usage, "--snapshot-at needs a gas model: it counts the gas that was used.");

    /// <summary>Makes the command.</summary>
    public static DocumentedCommand Create(CommandOutput output)
    {
        var options = new RunOptions(CommonOptions.Program());
        var command = new Command("run", "Run a program: a .pvm2 container, an ELF (linked first) or assembly text (.s).");
        options.AddTo(command);
        command.SetAction(result => (int)Run(options.Read(result), output));
        return new DocumentedCommand(
            command,
            "pvm2 run keccak.pvm2",
            "pvm2 run keccak.pvm2 --gas 1000000 --json",
            "pvm2 run exports.elf --profile xjar --entry add --arg 2 --arg -0x10",
            "pvm2 run keccak.pvm2 --snapshot-at 20000 --snapshot keccak.pvms",
            "echo hello | pvm2 run echo.pvm2 --stdin --quiet");
    }

    private static ExitCode Run(RunRequest request, CommandOutput output) =>
        request is { GasModel: GasModel.None, Snapshot.Mark: not null }
            ? FailurePrinter.Print(output, NothingMetered, json: false)
            : RunExecution.Run(request, output);
}

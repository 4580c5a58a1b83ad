using System.CommandLine;
using System.Diagnostics.CodeAnalysis;
using Pvm2.Cli.Input;
using Pvm2.Cli.Observing;
using Pvm2.Cli.Options;
using Pvm2.Cli.Output;
using Pvm2.Cli.Running;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Snapshots;

namespace Pvm2.Cli.Commands;

/// <summary><c>pvm2 resume</c>.</summary>
internal static class ResumeCommand
{
    /// <summary>Makes the command.</summary>
    public static DocumentedCommand Create(CommandOutput output)
    {
        var options = new RunOptions(CommonOptions.InputFile("A snapshot."));
        var program = new Option<string?>("--program")
        {
            HelpName = "FILE",
            Description = "The program, as 'pvm2 run' takes it. [default: the one in the snapshot]",
        };
        var gas = ValueOption.Create<ulong>(
            "--add-gas", "N", "Gas that the guest gets besides what it had left.", NumberText.TryParseAmount);
        var command = new Command("resume", "Go on with a run that was written down, here or on another machine.")
        {
            program, gas,
        };
        options.AddSharedTo(command);
        command.SetAction(result => (int)Run(
            options.Read(result), result.GetValue(program), result.GetValue(gas), output));
        return new DocumentedCommand(
            command,
            "pvm2 resume keccak.pvms",
            "pvm2 resume keccak.pvms --tier interpreter --json",
            "pvm2 resume keccak.pvms --snapshot-at 30000 --snapshot later.pvms");
    }

    private static ExitCode Run(RunRequest request, string? program, ulong? addedGas, CommandOutput output)
    {
        var file = request.File;
        if (!SnapshotSource.TryRead(file, request.MaxMemory, out var snapshot, out var failure)
            || !TryCheck(file, snapshot, program, addedGas, request.Snapshot?.Mark, out failure)
            || !TryCheck(file, snapshot, request.Observation, out failure))
        {
            return FailurePrinter.Print(output, failure, request.Json);
        }

        return RunExecution.Run(
            request with
            {
                File = program ?? file,
                GasModel = snapshot.GasModel,
                Resume = new ResumeRequest(file, snapshot, program is null, addedGas ?? 0),
            },
            output);
    }

    /// <summary>Checks what is asked for against what the snapshot has.</summary>
    private static bool TryCheck(
        string file,
        Snapshot snapshot,
        string? program,
        ulong? addedGas,
        ulong? mark,
        [NotNullWhen(false)] out CommandFailure? failure)
    {
        var (code, reason) = (ExitCode.Usage, string.Empty);
        if (snapshot.Phase != RunPhase.Ready)
        {
            (code, reason) = (ExitCode.InvalidSnapshot, snapshot.Phase == RunPhase.Idle
                ? "nothing was started, so there is no run to go on with"
                : "the run has ended");
        }
        else if (program is null && snapshot.Container.IsEmpty)
        {
            reason = $"the program is not in the snapshot; name it with --program (its hash is {snapshot.Program})";
        }
        else if (snapshot.GasModel == GasModel.None && (addedGas is not null || mark is not null))
        {
            reason = "nothing is metered in this run, so --add-gas and --snapshot-at mean nothing";
        }
        else if (mark < snapshot.GasUsed)
        {
            reason = $"{Figures.Count(snapshot.GasUsed.Value)} gas are used already, and --snapshot-at counts from the start";
        }

        failure = reason.Length == 0 ? null : new CommandFailure(code, $"{file}: {reason}");
        return failure is null;
    }

    /// <summary>Checks how the run is to be watched against the snapshot's gas model.</summary>
    private static bool TryCheck(
        string file, Snapshot snapshot, ObservationRequest observation, [NotNullWhen(false)] out CommandFailure? failure)
    {
        var countsGas = observation.Profile is not null || observation.TraceFrom != 0;
        failure = countsGas && snapshot.GasModel == GasModel.None
            ? new CommandFailure(ExitCode.Usage, $"{file}: nothing is metered in this run, and --profile and --trace-from count gas")
            : null;
        return failure is null;
    }
}

using Pvm2.Cli.Observing;
using Pvm2.Cli.Output;
using Pvm2.Runtime.Execution;

namespace Pvm2.Cli.Running;

/// <summary>Carries a <c>run</c> from its request to the process's exit code.</summary>
internal static class RunExecution
{
    /// <summary>Runs the program and tells people or programs about it.</summary>
    public static ExitCode Run(RunRequest request, CommandOutput output)
    {
        using var signals = new TerminationSignals();
        if (!PerfMapFile.TryOpen(request, out var map, out var failure))
        {
            return FailurePrinter.Print(output, failure, request.Json);
        }

        using var perfMap = map;
        if (!PreparedRun.TryPrepare(request, perfMap, out var run, out failure)
            || !GuestInput.TryOpen(request, output, signals.Token, out var input, out failure))
        {
            return FailurePrinter.Print(output, failure, request.Json);
        }

        using (input)
        {
            if (!RunObservation.TryOpen(request, run.Module, output, out var observation, out failure))
            {
                return FailurePrinter.Print(output, failure, request.Json);
            }

            using (observation)
            {
                return request.Json
                    ? RunForPrograms(request, run, input, output, observation, signals.Token)
                    : RunForPeople(request, run, input, output, observation, signals.Token);
            }
        }
    }

    private static ExitCode RunForPrograms(
        RunRequest request, PreparedRun run, Stream input, CommandOutput output, RunObservation observation, CancellationToken cancellation)
    {
        using var guestOutput = new CapturedStream();
        using var guestError = new CapturedStream();
        RunOutcome? outcome;
        try
        {
            if (!run.TryRun(input, guestOutput, guestError, observation, cancellation, out outcome, out var failure))
            {
                return FailurePrinter.Print(output, failure, json: true);
            }
        }
        catch (IOException exception)
        {
            // What the guest reads, or a file of a trace or a profile. Nothing is on standard output yet, so the document is.
            observation.Abandon();
            return FailurePrinter.Print(output, new CommandFailure(ExitCode.InputOutput, exception.Message), json: true);
        }

        var code = CodeOf(request, outcome);
        var document = RunDocument.Of(outcome, code, guestOutput, guestError);
        JsonOutput.Write(output, document, DocumentContext.Default.RunDocument);
        WarnOfMissingSnapshot(request, outcome, output);
        observation.ReportProfile(output.ErrorText, output.ErrorPalette);
        return code;
    }

    private static ExitCode RunForPeople(
        RunRequest request, PreparedRun run, Stream input, CommandOutput output, RunObservation observation, CancellationToken cancellation)
    {
        output.Text.Flush();
        using var guestOutput = new GuestOutputStream(output.OutputStream);
        using var guestError = new GuestOutputStream(output.ErrorStream);
        if (!run.TryRun(input, guestOutput, guestError, observation, cancellation, out var outcome, out var failure))
        {
            return FailurePrinter.Print(output, failure, json: false);
        }

        if (!request.Quiet)
        {
            output.Text.Write(guestOutput.InLine ? "\n" : string.Empty);
            RunReport.Write(outcome, output.Text, output.OutputPalette);
            observation.Report(outcome.Statistics, output.Text, output.OutputPalette);
        }
        else
        {
            if (outcome.Exit.Reason != ExitReason.Halt)
            {
                RunReport.Write(outcome, output.ErrorText, output.ErrorPalette);
            }

            observation.Report(outcome.Statistics, output.ErrorText, output.ErrorPalette);
        }

        WarnOfMissingSnapshot(request, outcome, output);
        return CodeOf(request, outcome);
    }

    private static void WarnOfMissingSnapshot(RunRequest request, RunOutcome outcome, CommandOutput output)
    {
        if (RunSnapshot.MissingBecause(request, outcome) is { } reason)
        {
            output.Text.Flush();
            output.ErrorText.WriteLine($"pvm2: {PrintableText.Of(reason)}");
        }
    }

    private static ExitCode CodeOf(RunRequest request, RunOutcome outcome) =>
        request.ExitWithResult && outcome.Result is { } result ? (ExitCode)(byte)result : outcome.Code;
}

using System.Diagnostics.CodeAnalysis;
using Pvm2.Cli.Input;
using Pvm2.Runtime.Execution;

namespace Pvm2.Cli.Running;

/// <summary>Writes a run down that was stopped.</summary>
internal static class RunSnapshot
{
    /// <summary>Writes the snapshot where one is asked for and the run can go on from it.</summary>
    /// <param name="request">What was asked for.</param>
    /// <param name="instance">What ran.</param>
    /// <param name="exit">How it ended.</param>
    /// <param name="isCancelled">Whether a signal stopped it.</param>
    /// <param name="written">What was written; null for nothing.</param>
    /// <param name="failure">Why it could not be written.</param>
    public static bool TryWrite(
        RunRequest request,
        Instance instance,
        Exit exit,
        bool isCancelled,
        out WrittenSnapshot? written,
        [NotNullWhen(false)] out CommandFailure? failure)
    {
        (written, failure) = (null, null);

        // A guest that waited for standard input when the signal came was told that it has ended, which is not so.
        if (request.Snapshot is not { } target
            || exit.Reason != ExitReason.Cancelled
            || (isCancelled && request.ReadsStandardInput))
        {
            return true;
        }

        var snapshot = instance.TakeSnapshot(target.WithProgram);
        if (!SnapshotSource.TryWrite(target.File, snapshot, out failure))
        {
            return false;
        }

        written = new WrittenSnapshot(target.File, snapshot.Size, snapshot.Pages.Length);
        return true;
    }

    /// <summary>Says why there is no snapshot although one was asked for; null where there is one or none was.</summary>
    public static string? MissingBecause(RunRequest request, RunOutcome outcome)
    {
        if (outcome.Snapshot is not null || request.Snapshot is not { } target)
        {
            return null;
        }

        return outcome.Exit.Reason == ExitReason.Cancelled
            ? $"{target.File} was not written: the run was stopped while it might wait for standard input"
            : target.Mark is null ? null : $"{target.File} was not written: the run ended before the mark";
    }
}

using Pvm2.TestKit.Fuzzing;
using Pvm2.TestKit.Generation;

namespace Pvm2.Fuzz.Workers;

/// <summary>Makes a guest small that kills the process it runs in. Each smaller one gets a process of its own.</summary>
/// <param name="givesAll">Whether every tier gets it.</param>
internal sealed class CrashShrinker(bool givesAll)
{
    // Each takes the start of a process.
    private const int MaxAttempts = 250;

    private static readonly TimeSpan LongestRun = TimeSpan.FromMinutes(2);

    /// <summary>Makes the guest of a case small.</summary>
    /// <param name="name">The case.</param>
    /// <param name="guest">Its guest.</param>
    /// <param name="cancellation">Ends the search.</param>
    /// <returns>A scenario of what is left; empty if the process did not die again.</returns>
    internal string Shrink(CaseName name, IGuest guest, CancellationToken cancellation)
    {
        var scenario = string.Empty;
        var file = Path.GetTempFileName();
        try
        {
            bool Dies(IGuest candidate)
            {
                Probe.Write(file, name, PlainGuest.Of(candidate));
                var (dies, text) = Run(file);
                scenario = dies ? text : scenario;
                return dies;
            }

            if (Dies(guest))
            {
                new GuestShrinker(candidate => !cancellation.IsCancellationRequested && Dies(candidate), MaxAttempts)
                    .Shrink(PlainGuest.Of(guest));
            }
        }
        finally
        {
            File.Delete(file);
        }

        return scenario;
    }

    private (bool Dies, string Scenario) Run(string file)
    {
        string[] arguments = [FuzzCommand.ProbeOption, file, .. givesAll ? [FuzzCommand.AllTiersOption] : Array.Empty<string>()];
        using var process = WorkerProcess.StartProcess(arguments);
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginErrorReadLine();
        var scenario = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(LongestRun))
        {
            // It hangs, which is another matter.
            process.Kill();
            return (false, string.Empty);
        }

        return (process.ExitCode is not (ExitCode.Agreement or ExitCode.Usage), scenario.GetAwaiter().GetResult());
    }
}

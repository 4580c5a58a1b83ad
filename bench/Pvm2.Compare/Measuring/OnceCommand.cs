using System.Diagnostics;
using Pvm2.Compare.Engines;
using Pvm2.Compare.Protocol;

namespace Pvm2.Compare.Measuring;

/// <summary>Runs a program in a process of its own, from the start of the process to its end.</summary>
/// <param name="engine">An engine that has such a command.</param>
/// <param name="files">Where programs are.</param>
/// <param name="patience">How long a run may take.</param>
public sealed class OnceCommand(EngineDefinition engine, ProgramFiles files, TimeSpan patience)
{
    /// <summary>Runs a workload.</summary>
    /// <returns>The time that passed, and what it left.</returns>
    /// <exception cref="EngineException">It does not run, or leaves no result.</exception>
    public Timing Run(string workload)
    {
        var command = EngineDefinition.Complete(engine.Once, files.Find(engine.Program, workload));
        var info = CommandStart.Prepare(command);
        var start = Stopwatch.GetTimestamp();
        using var process = CommandStart.Start(info);
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(patience))
        {
            process.Kill(entireProcessTree: true);
            throw new EngineException($"\"{string.Join(' ', command)}\" does not end within {patience.TotalSeconds:F0} s.");
        }

        var text = output.GetAwaiter().GetResult().Trim();
        var time = Stopwatch.GetElapsedTime(start);
        return process.ExitCode == 0 && ResultText.TryParse(text, out var result)
            ? new Timing(time.TotalNanoseconds, result)
            : throw new EngineException(
                $"\"{string.Join(' ', command)}\" ends with code {process.ExitCode} and \"{text}{errors.GetAwaiter().GetResult().Trim()}\".");
    }
}

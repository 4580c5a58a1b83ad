using System.Diagnostics;
using Pvm2.TestKit.Fuzzing;

namespace Pvm2.Fuzz.Workers;

/// <summary>A worker, seen from the program that gives it cases.</summary>
internal sealed class WorkerProcess : IDisposable
{
    private const int MaxErrorLines = 60;

    private readonly Process _process;
    private readonly Queue<string> _errors = new();

    private WorkerProcess(Process process)
    {
        _process = process;
        _process.ErrorDataReceived += (_, arguments) => KeepError(arguments.Data);
        _process.BeginErrorReadLine();
    }

    /// <summary>Starts one.</summary>
    /// <param name="arguments">Its command line.</param>
    internal static WorkerProcess Start(IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath ?? "dotnet")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // Where the runtime's own host was started, the program is its first argument.
        if (!Path.GetFileNameWithoutExtension(start.FileName).StartsWith("Pvm2", StringComparison.Ordinal))
        {
            start.ArgumentList.Add(typeof(WorkerProcess).Assembly.Location);
        }

        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return new WorkerProcess(Process.Start(start) ?? throw new InvalidOperationException("No worker could be started."));
    }

    /// <summary>Runs a case.</summary>
    /// <param name="name">The case.</param>
    /// <param name="silence">How long the worker may say nothing.</param>
    /// <param name="cancellation">Gives the case up.</param>
    /// <returns>The answer; a message without counts if the worker is dead or had to be killed, and why.</returns>
    /// <exception cref="OperationCanceledException">It was given up.</exception>
    internal async Task<(WorkerMessage Message, string Failure)> RunAsync(
        CaseName name, TimeSpan silence, CancellationToken cancellation)
    {
        try
        {
            await _process.StandardInput.WriteLineAsync(name.ToString().AsMemory(), cancellation);
            await _process.StandardInput.FlushAsync(cancellation);
            while (true)
            {
                using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
                timeout.CancelAfter(silence);
                var line = await _process.StandardOutput.ReadLineAsync(timeout.Token);
                if (line is null)
                {
                    await _process.WaitForExitAsync(cancellation);
                    return (new WorkerMessage(), $"the worker died with exit code {_process.ExitCode}\n{Errors()}");
                }

                if (WorkerMessage.Read(line) is { IsBusy: false } message)
                {
                    return (message, string.Empty);
                }
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            _process.Kill();
            return (new WorkerMessage(), $"the worker was killed: it said nothing for {silence.TotalSeconds:F0} s");
        }
        catch (IOException)
        {
            await _process.WaitForExitAsync(cancellation);
            return (new WorkerMessage(), $"the worker died with exit code {_process.ExitCode}\n{Errors()}");
        }
    }

    /// <summary>Ends the worker.</summary>
    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private string Errors()
    {
        lock (_errors)
        {
            return string.Join('\n', _errors);
        }
    }

    private void KeepError(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_errors)
        {
            // What a runtime that dies says first is the most telling.
            if (_errors.Count < MaxErrorLines)
            {
                _errors.Enqueue(line);
            }
        }
    }
}

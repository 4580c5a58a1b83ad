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
    internal static WorkerProcess Start(IReadOnlyList<string> arguments) => new(StartProcess(arguments));

    /// <summary>Starts this program once more.</summary>
    /// <param name="arguments">Its command line.</param>
    internal static Process StartProcess(IReadOnlyList<string> arguments)
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

        return Process.Start(start) ?? throw new InvalidOperationException("No worker could be started.");
    }

    /// <summary>Runs a case.</summary>
    /// <param name="name">The case.</param>
    /// <param name="patience">When a case counts as one that hangs.</param>
    /// <param name="cancellation">Gives the case up.</param>
    /// <returns>The answer, or why there is none.</returns>
    /// <exception cref="OperationCanceledException">It was given up.</exception>
    internal async Task<WorkerAnswer> RunAsync(
        CaseName name, Patience patience, CancellationToken cancellation)
    {
        try
        {
            await _process.StandardInput.WriteLineAsync(name.ToString().AsMemory(), cancellation);
            await _process.StandardInput.FlushAsync(cancellation);
            while (true)
            {
                var reading = _process.StandardOutput.ReadLineAsync(cancellation).AsTask();
                if (await IsSilentAsync(reading, patience, cancellation))
                {
                    _process.Kill();
                    return new WorkerAnswer(new WorkerMessage(), "the worker was killed: the case did not end", IsDead: false);
                }

                var line = await reading;
                if (line is null)
                {
                    return new WorkerAnswer(new WorkerMessage(), await DescribeDeathAsync(cancellation), IsDead: true);
                }

                if (WorkerMessage.Read(line) is { IsBusy: false } message)
                {
                    return new WorkerAnswer(message, string.Empty, IsDead: false);
                }
            }
        }
        catch (IOException)
        {
            return new WorkerAnswer(new WorkerMessage(), await DescribeDeathAsync(cancellation), IsDead: true);
        }
    }

    /// <summary>
    /// Waits until there is a line. Time is counted second by second, so that nothing happens when the process is stopped
    /// and goes on much later.
    /// </summary>
    /// <returns>Whether there was none, for longer than patience lasts.</returns>
    private async Task<bool> IsSilentAsync(Task reading, Patience patience, CancellationToken cancellation)
    {
        var start = ProcessorTime();
        for (var seconds = 0; !reading.IsCompleted; seconds++)
        {
            if (patience.IsOver(seconds, ProcessorTime() - start))
            {
                return true;
            }

            await Task.WhenAny(reading, Task.Delay(TimeSpan.FromSeconds(1), cancellation));
            cancellation.ThrowIfCancellationRequested();
        }

        return false;
    }

    private TimeSpan ProcessorTime()
    {
        try
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
        catch (InvalidOperationException)
        {
            // It has died, which its output tells at once.
            return TimeSpan.Zero;
        }
    }

    private async Task<string> DescribeDeathAsync(CancellationToken cancellation)
    {
        await _process.WaitForExitAsync(cancellation);
        lock (_errors)
        {
            return $"the worker died with exit code {_process.ExitCode}\n{string.Join('\n', _errors)}";
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

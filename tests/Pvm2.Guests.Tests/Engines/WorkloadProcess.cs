using System.Diagnostics;

namespace Pvm2.Guests.Tests.Engines;

/// <summary>A workload's executable, started, with its standard input and output in the test's hands.</summary>
internal sealed class WorkloadProcess : IDisposable
{
    private const string Emulator = "qemu-riscv64";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;

    /// <summary>Starts an executable.</summary>
    /// <param name="machine">What it was built for: <c>x64</c>, or <c>riscv64</c>, which an emulator runs.</param>
    /// <param name="workload">The workload's name.</param>
    /// <param name="arguments">The executable's arguments.</param>
    public WorkloadProcess(string machine, string workload, params ReadOnlySpan<string> arguments)
    {
        var path = GuestFiles.PathOfBuilt($"{machine}/{workload}");
        var start = new ProcessStartInfo { RedirectStandardInput = true, RedirectStandardOutput = true };
        if (machine == "riscv64")
        {
            start.FileName = Emulator;
            start.ArgumentList.Add(path);
        }
        else
        {
            start.FileName = path;
        }

        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        _process = Process.Start(start) ?? throw new InvalidOperationException($"{path} did not start.");
    }

    /// <summary>Writes to the standard input, at once.</summary>
    public async Task SendAsync(string text)
    {
        await _process.StandardInput.WriteAsync(text).WaitAsync(Patience);
        await _process.StandardInput.FlushAsync().WaitAsync(Patience);
    }

    /// <summary>Writes a line to the standard input.</summary>
    /// <returns>The line of answer.</returns>
    public async Task<string> AskAsync(string request)
    {
        await SendAsync($"{request}\n");
        return await ReceiveAsync();
    }

    /// <summary>Reads a line of the standard output.</summary>
    public async Task<string> ReceiveAsync() =>
        await _process.StandardOutput.ReadLineAsync().WaitAsync(Patience)
            ?? throw new InvalidOperationException("The workload's process ended without an answer.");

    /// <summary>Ends the standard input and waits for the process.</summary>
    /// <returns>What was left of the standard output, and the exit code.</returns>
    public async Task<(string Output, int Code)> EndAsync()
    {
        _process.StandardInput.Close();
        var output = await _process.StandardOutput.ReadToEndAsync().WaitAsync(Patience);
        await _process.WaitForExitAsync().WaitAsync(Patience);
        return (output, _process.ExitCode);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}

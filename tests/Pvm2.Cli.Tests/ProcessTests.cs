using System.Diagnostics;
using System.Text.Json;
using Pvm2.Cli.Tests.Kit;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Snapshots;
using Xunit;

namespace Pvm2.Cli.Tests;

/// <summary>The command as scripts meet it: a process with an exit code, pipes and signals.</summary>
public sealed class ProcessTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static readonly string Command = Path.Combine(AppContext.BaseDirectory, "pvm2.dll");

    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(Sources.Answer, 0)]
    [InlineData(Sources.Trap, 11)]
    public async Task A_run_returns_its_code(string source, int code)
    {
        using var process = Start("run", _folder.Write("guest.s", source), "--json");
        var json = JsonDocument.Parse(await process.StandardOutput.ReadToEndAsync()).RootElement;

        Assert.Equal(code, await WaitAsync(process));
        Assert.Equal(code, json.GetProperty("exitCode").GetInt32());
    }

    [Fact]
    public async Task A_wrong_command_line_returns_64_and_says_why()
    {
        using var process = Start("run", "--frobnicate");

        Assert.Contains("--frobnicate", await process.StandardError.ReadToEndAsync(), StringComparison.Ordinal);
        Assert.Equal(64, await WaitAsync(process));
    }

    [Fact]
    public async Task Bytes_go_through_pipes_unchanged()
    {
        using var process = Start("run", _folder.Write("guest.s", Sources.Echo), "--stdin", "--quiet");
        await process.StandardInput.BaseStream.WriteAsync(new byte[] { 0, 255, 10, 13, 200 });
        process.StandardInput.Close();
        using var output = new MemoryStream();
        await process.StandardOutput.BaseStream.CopyToAsync(output);

        Assert.Equal(0, await WaitAsync(process));
        Assert.Equal([0, 255, 10, 13, 200], output.ToArray());
    }

    [Fact]
    public async Task An_interrupt_stops_the_guest_and_shows_where_it_stood()
    {
        using var process = StartInterruptible("run", _folder.Write("guest.s", Sources.PrintAndLoop), "--quiet");
        await ReadReadyAsync(process);
        Interrupt(process);

        var report = await process.StandardError.ReadToEndAsync().WaitAsync(Patience);
        Assert.Equal(130, await WaitAsync(process));
        Assert.Contains("cancelled before 0x", report, StringComparison.Ordinal);
        Assert.Contains("registers", report, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_interrupt_reaches_a_guest_that_waits_for_input()
    {
        using var process = StartInterruptible("run", _folder.Write("guest.s", Sources.PrintAndRead), "--quiet", "--stdin");
        await ReadReadyAsync(process);
        Interrupt(process);

        var report = await process.StandardError.ReadToEndAsync().WaitAsync(Patience);
        Assert.Contains("cancelled", report, StringComparison.Ordinal);
        Assert.Equal(130, await WaitAsync(process));
    }

    [Fact]
    public async Task An_interrupted_run_is_written_down()
    {
        var file = _folder.At("guest.pvms");
        using var process = StartInterruptible("run", _folder.Write("guest.s", Sources.PrintAndLoop), "--quiet", "--snapshot", file);
        await ReadReadyAsync(process);
        Interrupt(process);

        Assert.Contains($"snapshot  {file}, ", await process.StandardError.ReadToEndAsync().WaitAsync(Patience), StringComparison.Ordinal);
        Assert.Equal(130, await WaitAsync(process));
        Assert.True(Snapshot.TryRead(await File.ReadAllBytesAsync(file), out var snapshot, out _));
        Assert.Equal(RunPhase.Ready, snapshot.Phase);
        var again = CommandHarness.Run(
            "resume", file, "--snapshot-at", $"{snapshot.GasUsed + 1000}", "--snapshot", _folder.At("later.pvms"));
        Assert.Equal(ExitCode.Paused, again.Code);
    }

    [Fact]
    public async Task A_guest_that_may_wait_for_input_is_not_written_down()
    {
        var file = _folder.At("guest.pvms");
        using var process = StartInterruptible(
            "run", _folder.Write("guest.s", Sources.PrintAndRead), "--quiet", "--stdin", "--snapshot", file);
        await ReadReadyAsync(process);
        Interrupt(process);

        Assert.Contains("was not written", await process.StandardError.ReadToEndAsync().WaitAsync(Patience), StringComparison.Ordinal);
        Assert.Equal(130, await WaitAsync(process));
        Assert.False(File.Exists(file));
    }

    [Fact]
    public async Task A_guest_that_prints_for_ever_ends_when_nobody_reads()
    {
        using var process = Start("run", _folder.Write("guest.s", Sources.PrintForEver), "--quiet");
        Assert.Equal(1, await process.StandardOutput.BaseStream.ReadAsync(new byte[1]));
        process.StandardOutput.Close();

        Assert.Equal(string.Empty, await process.StandardError.ReadToEndAsync());
        Assert.Equal(74, await WaitAsync(process));
    }

    [Fact]
    public async Task A_full_device_is_an_error_in_one_line()
    {
        const string Script = "exec dotnet \"$0\" run \"$1\" > /dev/full";
        using var process = StartProgram("/bin/sh", "-c", Script, Command, _folder.Write("guest.s", Sources.Answer));

        Assert.Matches("^pvm2: error: [^\n]+\n$", await process.StandardError.ReadToEndAsync());
        Assert.Equal(74, await WaitAsync(process));
    }

    /// <summary>Waits for the guest's line on the error stream, which is not buffered.</summary>
    private static async Task ReadReadyAsync(Process process) =>
        Assert.Equal("ready", await process.StandardError.ReadLineAsync());

    private static void Interrupt(Process process)
    {
        // The shell has a kill of its own; the program of that name is in a package that may be missing.
        using var kill = Process.Start("/bin/sh", ["-c", "kill -INT \"$0\"", $"{process.Id}"]);
        kill.WaitForExit();
        Assert.Equal(0, kill.ExitCode);
    }

    /// <summary>A shell starts what it runs in the background with interrupts ignored, which all children inherit.</summary>
    private static Process StartInterruptible(params string[] arguments) =>
        StartProgram("/usr/bin/env", ["--default-signal=INT", "dotnet", Command, .. arguments]);

    private static Process Start(params string[] arguments) => StartProgram("dotnet", [Command, .. arguments]);

    private static Process StartProgram(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
    }

    private static async Task<int> WaitAsync(Process process)
    {
        using var timeout = new CancellationTokenSource(Patience);
        await process.WaitForExitAsync(timeout.Token);
        return process.ExitCode;
    }
}

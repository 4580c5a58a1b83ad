using System.Diagnostics;
using System.Text.RegularExpressions;
using Pvm2.Native.Tests.Kit;
using Pvm2.Runtime.Execution;
using Xunit;

namespace Pvm2.Native.Tests.Faults;

/// <summary>
/// What is wrong in the host ends as it does without the tier: same exit code, same report. Each scenario is a process
/// of its own.
/// </summary>
public sealed class HostFaultTests
{
    private const int Aborted = 128 + 6;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [NativeTheory]
    [InlineData("exit-quietly")]
    [InlineData("null-reference")]
    [InlineData("guests-on-the-last-of-the-stack")]
    public async Task A_host_that_does_nothing_wrong_lives(string scenario)
    {
        var (plain, native) = await RunBothAsync(scenario);

        Assert.Equal(new Outcome(0, plain.Output, string.Empty), plain);
        Assert.Equal(plain, native);
        Assert.EndsWith("done", native.Output, StringComparison.Ordinal);
    }

    [NativeFact]
    public async Task Every_null_reference_is_caught()
    {
        var native = await RunAsync("null-reference", HostScenario.Native);

        Assert.StartsWith("caught 101\n", native.Output, StringComparison.Ordinal);
    }

    [NativeTheory]
    [InlineData("stack-overflow", "Stack overflow.")]
    [InlineData("stack-overflow-on-a-thread", "Stack overflow.")]
    [InlineData("write-to-nowhere", "Fatal error.")]
    [InlineData("write-to-code", "Fatal error.")]
    public async Task A_host_that_breaks_the_rules_dies_as_without_the_tier(string scenario, string report)
    {
        var (plain, native) = await RunBothAsync(scenario);

        Assert.StartsWith(report, plain.Error, StringComparison.Ordinal);
        Assert.Equal(Aborted, plain.ExitCode);
        Assert.Equal(WithoutCounts(plain), WithoutCounts(native));
    }

    /// <summary>The stack ends in the tier's code or in the host's around it, so the traces differ.</summary>
    [NativeFact]
    public async Task A_stack_that_overflows_in_guests_is_reported()
    {
        var (plain, native) = await RunBothAsync("stack-overflow-in-guests");

        Assert.Equal((Aborted, Aborted), (plain.ExitCode, native.ExitCode));
        Assert.StartsWith("Stack overflow.", plain.Error, StringComparison.Ordinal);
        Assert.StartsWith("Stack overflow.", native.Error, StringComparison.Ordinal);
        Assert.Contains("Deeper", native.Error, StringComparison.Ordinal);
    }

    /// <summary>However little is left: there is enough, or it is a stack overflow, also where the tier's own code meets it.</summary>
    [NativeFact]
    public async Task A_guest_that_finds_little_stack_left_runs_or_the_overflow_is_reported()
    {
        // From too little on, in steps smaller than what the tier's entry puts there, until it is enough.
        var left = 320;
        var outcome = await RunAsync(HostScenario.StackLeft, $"{left}");
        Assert.Equal(Aborted, outcome.ExitCode);
        while (outcome.ExitCode != 0)
        {
            Assert.Equal((Aborted, "Stack overflow."), (outcome.ExitCode, outcome.Error.Split('\n')[0]));
            left += 16;
            outcome = await RunAsync(HostScenario.StackLeft, $"{left}");
        }

        Assert.Equal("PageFault\ndone", outcome.Output);
        Assert.InRange(left, 400, 2000);
    }

    /// <summary>The runtime takes the lowest addresses for null references. Whatever it does, it does it still.</summary>
    [NativeFact]
    public async Task A_write_through_a_bad_pointer_near_zero_does_what_it_does_without_the_tier()
    {
        var (plain, native) = await RunBothAsync("write-to-address-1");

        Assert.Equal(plain, native);
        Assert.NotEqual(0, native.ExitCode);
    }

    /// <summary>What managed code does in a guest's window is no guest's fault.</summary>
    [NativeTheory]
    [InlineData("read-window-outside-memory")]
    [InlineData("read-window-in-a-host-call")]
    public async Task A_host_that_reads_where_a_guest_may_not_dies(string scenario)
    {
        var native = await RunAsync(scenario, HostScenario.Native);

        Assert.StartsWith("Fatal error.", native.Error, StringComparison.Ordinal);
        Assert.Contains(nameof(AccessViolationException), native.Error, StringComparison.Ordinal);
        Assert.Equal((Aborted, string.Empty), (native.ExitCode, native.Output));
    }

    /// <summary>Whatever the runtime makes of a signal that somebody sent: the guest that it meets goes on.</summary>
    [NativeFact]
    public async Task A_signal_that_was_sent_is_no_page_fault()
    {
        var native = await RunAsync("signal-that-looks-like-a-fault", HostScenario.Native);

        Assert.Equal(nameof(ExitReason.Cancelled), native.Output);
    }

    /// <summary>How many frames the stack held depends on how large the environment is.</summary>
    private static Outcome WithoutCounts(Outcome outcome) =>
        outcome with { Error = Regex.Replace(outcome.Error, "Repeated [0-9]+ times", "Repeated") };

    private static async Task<(Outcome Plain, Outcome Native)> RunBothAsync(string scenario) =>
        (await RunAsync(scenario, HostScenario.Interpreter), await RunAsync(scenario, HostScenario.Native));

    private static async Task<Outcome> RunAsync(string scenario, string tier)
    {
        var assembly = typeof(HostScenario).Assembly.Location;
        var start = new ProcessStartInfo("dotnet", [assembly, scenario, tier])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");
        using var timeout = new CancellationTokenSource(Patience);
        var output = process.StandardOutput.ReadToEndAsync(timeout.Token);
        var error = await process.StandardError.ReadToEndAsync(timeout.Token);
        await process.WaitForExitAsync(timeout.Token);
        return new Outcome(process.ExitCode, (await output).TrimEnd(), error);
    }

    private sealed record Outcome(int ExitCode, string Output, string Error);
}

using Pvm2.Cli.Tests.Kit;
using Xunit;

namespace Pvm2.Cli.Tests.Hosts;

/// <summary>
/// Systems on which the native tier cannot run: it is found at start, said with the reason, and the interpreter runs
/// instead where nobody asked for a tier.
/// </summary>
public sealed class PoorHostTests
{
    private const long GiB = 1L << 30;

    private static readonly string Command = Path.Combine(AppContext.BaseDirectory, "pvm2.dll");
    private static readonly string Probe = Path.Combine(AppContext.BaseDirectory, "Pvm2.FaultProbe.dll");
    private static readonly string Guest = Path.Combine(Repository.GuestFolder("static"), "keccak.pvm2");

    [HostFact("prlimit")]
    public void No_addresses_for_the_code() => AssertFallsBack(
        command => PoorHost.RunWithAddresses(3 * GiB / 2, command), "no 1792 MiB of addresses for code");

    [HostFact("prlimit")]
    public void No_addresses_for_a_guest() => AssertFallsBack(
        command => PoorHost.RunWithAddresses(4 * GiB, command), "no 4 GiB of addresses for a guest");

    [HostFact("python3")]
    public void No_memory_files() => AssertFallsBack(
        command => PoorHost.RunWithout("memory-file", command), "does not let this process map executable memory");

    [HostFact("python3")]
    public void No_executable_memory() => AssertFallsBack(
        command => PoorHost.RunWithout("shared-code", command), "does not let this process map executable memory");

    [HostFact("python3")]
    public void No_signal_handler() => AssertFallsBack(
        command => PoorHost.RunWithout("signal-handler", command), "handler of memory faults could not be installed");

    /// <summary>A shortage that comes only with the guest's own memory.</summary>
    [HostFact("python3")]
    public void No_memory_for_a_guest()
    {
        ProcessResult Run(params string[] options) =>
            PoorHost.RunWithout("fixed-memory", ["dotnet", Command, "run", Guest, "--json", .. options]);

        var native = Run("--tier", "native");
        Assert.Equal((int)ExitCode.LimitExceeded, native.Code);
        Assert.Contains("there is no room for it", native.Error, StringComparison.Ordinal);
        AssertInterpreted(Run());
    }

    [HostFact("prlimit")]
    public void Guests_until_there_is_no_room_for_one_more()
    {
        var run = PoorHost.RunWithAddresses(24 * GiB, "dotnet", Probe, "windows");

        Assert.Equal(string.Empty, run.Error);
        Assert.Equal("as many as before\n", run.Output);
        Assert.Equal(0, run.Code);
    }

    [HostFact]
    public void A_processor_without_extensions_is_supported()
    {
        var withoutExtensions = new Dictionary<string, string?> { ["DOTNET_EnableHWIntrinsic"] = "0" };

        var run = ChildProcess.Run("dotnet", [Command, "run", Guest, "--json", "--tier", "native"], [], withoutExtensions);

        Assert.Equal(string.Empty, run.Error);
        AssertResult(run);
    }

    private static void AssertFallsBack(Func<string[], ProcessResult> run, string reason)
    {
        var native = run(["dotnet", Command, "run", Guest, "--json", "--tier", "native"]);
        Assert.Equal((int)ExitCode.UnsupportedTier, native.Code);
        Assert.Contains("the native tier is not available: ", native.Error, StringComparison.Ordinal);
        Assert.Contains(reason, native.Error, StringComparison.Ordinal);
        Assert.Equal("unsupportedTier", native.Json.GetProperty("error").GetProperty("kind").GetString());

        AssertInterpreted(run(["dotnet", Command, "run", Guest, "--json"]));
        foreach (var line in new string[][] { ["disasm", Guest, "--native"], ["run", Guest, "--perf-map"] })
        {
            var refused = run(["dotnet", Command, .. line]);
            Assert.Equal((int)ExitCode.UnsupportedTier, refused.Code);
            Assert.Contains(reason, refused.Error, StringComparison.Ordinal);
        }

        var lines = run(["dotnet", Probe, "support"]).Output.Split('\n');
        Assert.StartsWith("not supported: ", lines[0], StringComparison.Ordinal);
        Assert.Contains(reason, lines[0], StringComparison.Ordinal);
        Assert.StartsWith("not made: ", lines[1], StringComparison.Ordinal);
    }

    private static void AssertInterpreted(ProcessResult run)
    {
        Assert.Equal(string.Empty, run.Error);
        Assert.Equal("interpreter", run.Json.GetProperty("tier").GetString());
        AssertResult(run);
    }

    private static void AssertResult(ProcessResult run)
    {
        Assert.Equal(0, run.Code);
        Assert.Equal("0x39e50259", run.Json.GetProperty("result").GetString());
        Assert.Equal(42640, run.Json.GetProperty("gasUsed").GetInt32());
    }
}

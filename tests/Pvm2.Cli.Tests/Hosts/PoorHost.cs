using Pvm2.Cli.Tests.Kit;

namespace Pvm2.Cli.Tests.Hosts;

/// <summary>Runs programs under a system that refuses them something.</summary>
internal static class PoorHost
{
    /// <summary>So that the runtime itself reserves few addresses; the number is hexadecimal.</summary>
    private static readonly Dictionary<string, string?> SmallHeap = new() { ["DOTNET_GCHeapHardLimit"] = "4000000" };

    /// <summary>Refuses addresses beyond a number of bytes.</summary>
    public static ProcessResult RunWithAddresses(long bytes, params string[] command) =>
        ChildProcess.Run("prlimit", [$"--as={bytes}", .. command], [], SmallHeap);

    /// <summary>Refuses system calls by a rule of the script beside this file.</summary>
    public static ProcessResult RunWithout(string rule, params string[] command) => ChildProcess.Run(
        "python3",
        [TestKit.Repository.PathOf("tests/Pvm2.Cli.Tests/Hosts/deny.py"), rule, .. command]);
}

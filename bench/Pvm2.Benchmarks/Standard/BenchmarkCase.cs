using Pvm2.Benchmarks.Measuring;
using Pvm2.Benchmarks.Probes;

namespace Pvm2.Benchmarks.Standard;

/// <summary>What executes a workload, as a parameter of a benchmark.</summary>
public static class BenchmarkCase
{
    /// <summary>The machine's own code.</summary>
    public const string BareMetal = "bare";

    /// <summary>The names of the ten workloads.</summary>
    public static IEnumerable<string> Workloads => Workload.LoadTen().Select(workload => workload.Name);

    /// <summary>Every tier that can run here with every gas model, such as <c>native/flat</c>.</summary>
    public static IEnumerable<string> Configurations => All.Select(NameOf);

    private static IEnumerable<Configuration> All => Configuration.Native.Concat(Configuration.Interpreter);

    /// <summary>Finds a workload by its name.</summary>
    internal static Workload FindWorkload(string name) => Workload.LoadTen().Single(workload => workload.Name == name);

    /// <summary>Finds a configuration by its name.</summary>
    internal static Configuration FindConfiguration(string name) => All.Single(configuration => NameOf(configuration) == name);

    /// <summary>
    /// Repeats a measurement until the just-in-time compiler is done, which takes longer than the harness's own warm-up.
    /// </summary>
    internal static void WarmUp(Probe probe) => Measuring.WarmUp.Run([probe], Measuring.WarmUp.DefaultPasses);

    private static string NameOf(Configuration configuration) =>
        $"{configuration.Tier.Name}/{Configuration.NameOf(configuration.Model)}";
}

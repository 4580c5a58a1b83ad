using BenchmarkDotNet.Attributes;
using Pvm2.Benchmarks.Measuring;
using Pvm2.Benchmarks.Probes;
using Pvm2.Runtime.Execution;

namespace Pvm2.Benchmarks.Standard;

/// <summary>From the bytes of a container to the result, in a warm process. Giving the instance back is inside the clock.</summary>
[MemoryDiagnoser]
public class ColdBenchmarks
{
    private Workload _workload = Workload.LoadTen()[0];
    private InstanceOptions _options = new();

    /// <summary>The names of the workloads.</summary>
    public static IEnumerable<string> Workloads => BenchmarkCase.Workloads;

    /// <summary>Every tier with every gas model.</summary>
    public static IEnumerable<string> Configurations => BenchmarkCase.Configurations;

    /// <summary>Which workload.</summary>
    [ParamsSource(nameof(Workloads))]
    public string Guest { get; set; } = string.Empty;

    /// <summary>What executes it.</summary>
    [ParamsSource(nameof(Configurations))]
    public string Executor { get; set; } = string.Empty;

    /// <summary>Finds the workload, and warms up.</summary>
    [GlobalSetup]
    public void Prepare()
    {
        _workload = BenchmarkCase.FindWorkload(Guest);
        var configuration = BenchmarkCase.FindConfiguration(Executor);
        _options = configuration.CreateOptions();
        BenchmarkCase.WarmUp(new ColdProbe(_workload, configuration, Stage.Cold));
    }

    /// <summary>Loads, compiles, makes an instance, runs it and gives it back; a wrong result throws.</summary>
    [Benchmark]
    public ulong Cold()
    {
        using var instance = Module.Load(_workload.Container).CreateInstance(_options);
        _workload.Check(instance, instance.Call());
        return instance.Registers[10];
    }
}

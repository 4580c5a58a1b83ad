using BenchmarkDotNet.Attributes;
using Pvm2.Benchmarks.Probes;
using Pvm2.Runtime.Execution;

namespace Pvm2.Benchmarks.Standard;

/// <summary>Steady runs: one instance is called again and again, and bare metal likewise.</summary>
public class RunBenchmarks
{
    private Func<ulong> _run = static () => 0;

    /// <summary>The names of the workloads.</summary>
    public static IEnumerable<string> Workloads => BenchmarkCase.Workloads;

    /// <summary>Bare metal, and every tier with every gas model.</summary>
    public static IEnumerable<string> Executors => BenchmarkCase.Configurations.Prepend(BenchmarkCase.BareMetal);

    /// <summary>Which workload.</summary>
    [ParamsSource(nameof(Workloads))]
    public string Guest { get; set; } = string.Empty;

    /// <summary>What executes it.</summary>
    [ParamsSource(nameof(Executors))]
    public string Executor { get; set; } = string.Empty;

    /// <summary>Makes the instance, and warms up.</summary>
    /// <exception cref="InvalidOperationException">Bare metal was not built, or a result is wrong.</exception>
    [GlobalSetup]
    public void Prepare()
    {
        var workload = BenchmarkCase.FindWorkload(Guest);
        if (Executor == BenchmarkCase.BareMetal)
        {
            var code = workload.BareMetal ?? throw new InvalidOperationException("bench/run.sh builds bare metal, if clang-19 is there.");
            _run = () => code.Run() == workload.Expected
                ? workload.Expected
                : throw new InvalidOperationException($"{workload.Name} has a wrong result on bare metal.");
            return;
        }

        var configuration = BenchmarkCase.FindConfiguration(Executor);
        using var probe = new RunProbe(workload, configuration);
        BenchmarkCase.WarmUp(probe);
        var instance = Module.Create(workload.Program).CreateInstance(configuration.CreateOptions());
        _run = () =>
        {
            workload.Check(instance, instance.Call());
            return instance.Registers[10];
        };
    }

    /// <summary>One run; a wrong result throws.</summary>
    [Benchmark]
    public ulong Run() => _run();
}

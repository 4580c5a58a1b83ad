using BenchmarkDotNet.Attributes;
using Pvm2.Benchmarks.Measuring;
using Pvm2.Benchmarks.Probes;
using Pvm2.Runtime.Execution;

namespace Pvm2.Benchmarks.Standard;

/// <summary>From validated modules to code that can be entered.</summary>
[InvocationCount(1)]
public class CompileBenchmarks
{
    private const int ModulesAtOnce = 64;

    private readonly Module[] _modules = new Module[ModulesAtOnce];
    private readonly TierCode[] _code = new TierCode[ModulesAtOnce];
    private Workload _workload = Workload.LoadTen()[0];
    private Configuration _configuration = Configuration.Interpreter[0];

    /// <summary>The names of the workloads.</summary>
    public static IEnumerable<string> Workloads => BenchmarkCase.Workloads;

    /// <summary>Every tier with every gas model.</summary>
    public static IEnumerable<string> Configurations => BenchmarkCase.Configurations;

    /// <summary>Which workload.</summary>
    [ParamsSource(nameof(Workloads))]
    public string Guest { get; set; } = string.Empty;

    /// <summary>What it is compiled for.</summary>
    [ParamsSource(nameof(Configurations))]
    public string Executor { get; set; } = string.Empty;

    /// <summary>Finds the workload, sees that its result is right, and warms up.</summary>
    [GlobalSetup]
    public void Prepare()
    {
        _workload = BenchmarkCase.FindWorkload(Guest);
        _configuration = BenchmarkCase.FindConfiguration(Executor);
        using var instance = Module.Create(_workload.Program).CreateInstance(_configuration.CreateOptions());
        _workload.Check(instance, instance.Call());
        BenchmarkCase.WarmUp(new CompileProbe(_workload, _configuration, Stage.Compile));
    }

    /// <summary>Makes new modules, because a module keeps its prices, and frees the code of the old ones.</summary>
    [IterationSetup]
    public void MakeModules()
    {
        Array.Clear(_code);
        for (var i = 0; i < ModulesAtOnce; i++)
        {
            _modules[i] = Module.Create(_workload.Program);
        }

        Garbage.Collect();
    }

    /// <summary>Compiles them.</summary>
    [Benchmark(OperationsPerInvoke = ModulesAtOnce)]
    public void Compile()
    {
        for (var i = 0; i < ModulesAtOnce; i++)
        {
            _code[i] = _configuration.Tier.Prepare(_modules[i], _configuration.Model);
        }
    }
}

using BenchmarkDotNet.Attributes;
using Pvm2.Native;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Interpreter;

namespace Pvm2.Benchmarks;

/// <summary>The ten workloads, run in fresh instances of a module that is ready, and cold.</summary>
[MemoryDiagnoser]
public class WorkloadBenchmarks
{
    private static readonly IReadOnlyList<Workload> Workloads = Workload.LoadTen();

    private Workload _workload = Workloads[0];
    private Module _module = Module.Load(Workloads[0].Container);
    private ITier _tier = InterpreterTier.Instance;

    /// <summary>The names of the workloads.</summary>
    public static IEnumerable<string> Names => Workloads.Select(workload => workload.Name);

    /// <summary>The names of the tiers that this machine can run.</summary>
    public static IEnumerable<string> Tiers => NativeTier.Support.IsSupported ? ["interpreter", "native"] : ["interpreter"];

    /// <summary>Which workload.</summary>
    [ParamsSource(nameof(Names))]
    public string Guest { get; set; } = "keccak";

    /// <summary>Which tier.</summary>
    [ParamsSource(nameof(Tiers))]
    public string Tier { get; set; } = "interpreter";

    /// <summary>How blocks are priced.</summary>
    [Params(GasModel.Pipeline, GasModel.Flat, GasModel.None)]
    public GasModel Gas { get; set; }

    /// <summary>Finds the guest and the tier.</summary>
    [GlobalSetup]
    public void Prepare()
    {
        _workload = Workloads.Single(workload => workload.Name == Guest);
        _module = Module.Load(_workload.Container);
        _tier = Tier == "native" ? new NativeTier() : InterpreterTier.Instance;
        _ = RunReady();
    }

    /// <summary>A new instance of a module that is ready, and its run.</summary>
    [Benchmark]
    public ulong RunReady() => Run(_module);

    /// <summary>From the container's bytes to the result.</summary>
    [Benchmark]
    public ulong Cold() => Run(Module.Load(_workload.Container));

    private ulong Run(Module module)
    {
        using var instance = module.CreateInstance(new InstanceOptions
        {
            Tier = _tier,
            GasModel = Gas,
            HostCalls = new DefaultHost(Stream.Null, Stream.Null, Stream.Null).CreateTable(),
        });
        _workload.Check(instance, instance.Call());
        return instance.Registers[10];
    }
}

using Pvm2.IlJit;
using Pvm2.IlJit.Aot;
using Pvm2.IlJit.Tiering;
using Pvm2.Native;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Interpreter;

namespace Pvm2.Benchmarks.Measuring;

/// <summary>A tier with a gas model.</summary>
/// <param name="Tier">What executes.</param>
/// <param name="Model">How blocks get their price.</param>
internal sealed record Configuration(ITier Tier, GasModel Model)
{
    /// <summary>The interpreter in every gas model, pipeline first.</summary>
    public static Configuration[] Interpreter { get; } = InEveryModel(InterpreterTier.Instance);

    /// <summary>The native tier in every gas model, pipeline first; empty where it cannot run.</summary>
    public static Configuration[] Native { get; } =
        NativeTier.Support.IsSupported ? InEveryModel(new NativeTier()) : [];

    /// <summary>The portable tiers in the pipeline model: compiled in the process, and as saved assemblies.</summary>
    public static Configuration[] Portable { get; } =
    [
        new(new IlTier(new IlTierOptions { Mode = CompilationMode.Eager }), GasModel.Pipeline),
        new(new AotTier(), GasModel.Pipeline),
    ];

    /// <summary>The name of a gas model in keys.</summary>
    public static string NameOf(GasModel model) => model switch
    {
        GasModel.Pipeline => "pipeline",
        GasModel.Flat => "flat",
        _ => "none",
    };

    /// <summary>The key of a stage of this configuration.</summary>
    public SeriesKey KeyOf(Workload workload, Stage stage) => new(workload.Name, Tier.Name, NameOf(Model), stage);

    /// <summary>Options for instances whose guests may call the host but have nothing to read and nobody to write to.</summary>
    public InstanceOptions CreateOptions() => new()
    {
        Tier = Tier,
        GasModel = Model,
        HostCalls = new DefaultHost(Stream.Null, Stream.Null, Stream.Null).CreateTable(),
    };

    private static Configuration[] InEveryModel(ITier tier) =>
        [new(tier, GasModel.Pipeline), new(tier, GasModel.Flat), new(tier, GasModel.None)];
}

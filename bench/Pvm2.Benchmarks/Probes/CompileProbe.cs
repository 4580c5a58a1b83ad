using Pvm2.Benchmarks.Measuring;
using Pvm2.Runtime.Execution;

namespace Pvm2.Benchmarks.Probes;

/// <summary>Makes modules ready for a tier. Each is new, because a module keeps its prices.</summary>
/// <param name="stage"><see cref="Stage.Compile"/> or <see cref="Stage.CompileOnce"/>.</param>
internal sealed class CompileProbe(Workload workload, Configuration configuration, Stage stage) : Probe
{
    private readonly List<Module> _modules = [];

    public override SeriesKey Key { get; } = configuration.KeyOf(workload, stage);

    public override bool IsTakenOnce => stage == Stage.CompileOnce;

    protected override void SetUp(int repetitions)
    {
        for (var i = 0; i < repetitions; i++)
        {
            _modules.Add(Module.Create(workload.Program));
        }
    }

    protected override void Repeat(int repetitions)
    {
        foreach (var module in _modules)
        {
            _ = configuration.Tier.Prepare(module, configuration.Model);
        }
    }

    protected override void TearDown() => _modules.Clear();
}

using Pvm2.Benchmarks.Measuring;
using Pvm2.Runtime.Execution;

namespace Pvm2.Benchmarks.Probes;

/// <summary>Runs new instances once each.</summary>
internal sealed class FirstRunProbe(Workload workload, Configuration configuration) : Probe
{
    private readonly Module _module = Module.Create(workload.Program);
    private readonly InstanceOptions _options = configuration.CreateOptions();
    private readonly List<Instance> _instances = [];

    public override SeriesKey Key { get; } = configuration.KeyOf(workload, Stage.FirstRun);

    protected override void SetUp(int repetitions)
    {
        for (var i = 0; i < repetitions; i++)
        {
            _instances.Add(_module.CreateInstance(_options));
        }
    }

    protected override void Repeat(int repetitions)
    {
        foreach (var instance in _instances)
        {
            workload.Check(instance, instance.Call());
        }
    }

    protected override void TearDown()
    {
        _instances.ForEach(instance => instance.Dispose());
        _instances.Clear();
    }
}

using Pvm2.Benchmarks.Measuring;
using Pvm2.Runtime.Execution;

namespace Pvm2.Benchmarks.Probes;

/// <summary>Gives instances back that have run once.</summary>
internal sealed class DisposeProbe(Workload workload, Configuration configuration) : Probe
{
    private readonly Module _module = Module.Create(workload.Program);
    private readonly InstanceOptions _options = configuration.CreateOptions();
    private readonly List<Instance> _instances = [];

    public override SeriesKey Key { get; } = configuration.KeyOf(workload, Stage.Dispose);

    protected override void SetUp(int repetitions)
    {
        for (var i = 0; i < repetitions; i++)
        {
            var instance = _module.CreateInstance(_options);
            _instances.Add(instance);
            workload.Check(instance, instance.Call());
        }
    }

    protected override void Repeat(int repetitions)
    {
        foreach (var instance in _instances)
        {
            instance.Dispose();
        }
    }

    protected override void TearDown() => _instances.Clear();
}

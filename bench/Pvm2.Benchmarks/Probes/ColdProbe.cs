using Pvm2.Benchmarks.Measuring;
using Pvm2.Runtime.Execution;

namespace Pvm2.Benchmarks.Probes;

/// <summary>Goes from the bytes of a container to the result.</summary>
/// <param name="stage"><see cref="Stage.Cold"/> or <see cref="Stage.ColdOnce"/>.</param>
internal sealed class ColdProbe(Workload workload, Configuration configuration, Stage stage) : Probe
{
    private readonly InstanceOptions _options = configuration.CreateOptions();
    private readonly List<Instance> _instances = [];

    public override SeriesKey Key { get; } = configuration.KeyOf(workload, stage);

    public override bool IsTakenOnce => stage == Stage.ColdOnce;

    protected override void Repeat(int repetitions)
    {
        for (var i = 0; i < repetitions; i++)
        {
            var instance = Module.Load(workload.Container).CreateInstance(_options);
            _instances.Add(instance);
            workload.Check(instance, instance.Call());
        }
    }

    protected override void TearDown()
    {
        _instances.ForEach(instance => instance.Dispose());
        _instances.Clear();
    }
}

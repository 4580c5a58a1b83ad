using Pvm2.Benchmarks.Measuring;
using Pvm2.Runtime.Execution;

namespace Pvm2.Benchmarks.Probes;

/// <summary>Reads and validates a container.</summary>
internal sealed class LoadProbe(Workload workload) : Probe
{
    public override SeriesKey Key { get; } = SeriesKey.OfLoad(workload.Name);

    protected override void Repeat(int repetitions)
    {
        for (var i = 0; i < repetitions; i++)
        {
            _ = Module.Load(workload.Container);
        }
    }
}

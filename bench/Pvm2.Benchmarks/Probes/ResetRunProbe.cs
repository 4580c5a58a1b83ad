using Pvm2.Benchmarks.Measuring;
using Pvm2.Runtime.Execution;

namespace Pvm2.Benchmarks.Probes;

/// <summary>Resets one instance and runs it, again and again, as a host does that keeps instances.</summary>
internal sealed class ResetRunProbe(Workload workload, Configuration configuration) : Probe, IDisposable
{
    private readonly Instance _instance = Module.Create(workload.Program).CreateInstance(configuration.CreateOptions());

    public override SeriesKey Key { get; } = configuration.KeyOf(workload, Stage.ResetRun);

    public override int MostRepetitions => 100_000;

    public void Dispose() => _instance.Dispose();

    protected override void Repeat(int repetitions)
    {
        for (var i = 0; i < repetitions; i++)
        {
            _instance.Reset();
            workload.Check(_instance, _instance.Call());
        }
    }
}

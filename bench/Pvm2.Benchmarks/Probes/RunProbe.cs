using Pvm2.Benchmarks.Measuring;
using Pvm2.Runtime.Execution;

namespace Pvm2.Benchmarks.Probes;

/// <summary>
/// Runs one instance again and again. It is not reset in between: a reset gives the guest's pages back to the system,
/// while bare metal finds its stack and its static data warm. The ten workloads give the same result every time.
/// </summary>
internal sealed class RunProbe(Workload workload, Configuration configuration) : Probe, IDisposable
{
    private readonly Instance _instance = Module.Create(workload.Program).CreateInstance(configuration.CreateOptions());

    public override SeriesKey Key { get; } = configuration.KeyOf(workload, Stage.Run);

    public override int MostRepetitions => 100_000;

    public void Dispose() => _instance.Dispose();

    protected override void Repeat(int repetitions)
    {
        for (var i = 0; i < repetitions; i++)
        {
            workload.Check(_instance, _instance.Call());
        }
    }
}

using Pvm2.Benchmarks.Measuring;

namespace Pvm2.Benchmarks.Probes;

/// <summary>Calls the machine's own code.</summary>
internal sealed class BareMetalProbe(Workload workload, BareMetal code) : Probe
{
    private ulong _wrong;

    public override SeriesKey Key { get; } = SeriesKey.OfBareMetal(workload.Name);

    public override int MostRepetitions => 100_000;

    protected override void Repeat(int repetitions)
    {
        for (var i = 0; i < repetitions; i++)
        {
            _wrong |= code.Run() ^ workload.Expected;
        }
    }

    protected override void TearDown()
    {
        if (_wrong != 0)
        {
            throw new InvalidOperationException($"{workload.Name} has a wrong result on bare metal.");
        }
    }
}

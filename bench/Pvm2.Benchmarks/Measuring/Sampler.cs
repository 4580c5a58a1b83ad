using System.Diagnostics;
using Pvm2.Benchmarks.Probes;

namespace Pvm2.Benchmarks.Measuring;

/// <summary>Takes samples of many probes in turns.</summary>
/// <remarks>
/// A round takes one sample of each probe. Workloads come in a new order every round, and so do the probes of a
/// workload, which stay together: what is compared is measured within milliseconds. Before each workload's turn
/// garbage is collected and finalised, which gives the code of modules that are gone back to the arena.
/// </remarks>
internal sealed class Sampler
{
    /// <summary>How long a sample shall take: a reading of the clock, some 25 ns, is lost in it.</summary>
    private static readonly TimeSpan SampleTime = TimeSpan.FromMicroseconds(500);

    private readonly Probe[][] _groups;
    private readonly Dictionary<Probe, int> _repetitions = [];
    private readonly Dictionary<Probe, double[]> _samples = [];
    private readonly Random _random = new(1);

    /// <summary>Makes a sampler.</summary>
    /// <param name="probes">What to measure, warm.</param>
    public Sampler(IReadOnlyList<Probe> probes)
    {
        _groups = [.. probes.GroupBy(probe => probe.Key.Workload).Select(group => group.ToArray())];
        foreach (var probe in probes)
        {
            _repetitions.Add(probe, CountRepetitions(probe));
        }
    }

    /// <summary>Takes all samples.</summary>
    /// <param name="rounds">Samples of each probe.</param>
    public Measurements Measure(int rounds)
    {
        foreach (var probe in _repetitions.Keys)
        {
            _samples[probe] = new double[rounds];
        }

        for (var round = 0; round < rounds; round++)
        {
            _random.Shuffle(_groups);
            foreach (var group in _groups)
            {
                MeasureGroup(group, round);
            }
        }

        return new Measurements(
            [.. _samples.Select(pair => new Series(pair.Key.Key, _repetitions[pair.Key], pair.Value))]);
    }

    private static int CountRepetitions(Probe probe)
    {
        if (probe.IsTakenOnce)
        {
            return 1;
        }

        var once = Enumerable.Range(0, 3).Min(_ => probe.Measure(1));
        return (int)Math.Clamp(SampleTime.TotalSeconds * Stopwatch.Frequency / Math.Max(1, once), 1, probe.MostRepetitions);
    }

    private void MeasureGroup(Probe[] group, int round)
    {
        Garbage.Collect();
        _random.Shuffle(group);
        foreach (var probe in group)
        {
            if (!probe.IsTakenOnce)
            {
                // The first repetition after another probe finds the processor's caches and predictors full of that one.
                _ = probe.Measure(1);
            }

            var repetitions = _repetitions[probe];
            _samples[probe][round] = probe.Measure(repetitions) * 1e9 / Stopwatch.Frequency / repetitions;
        }
    }
}

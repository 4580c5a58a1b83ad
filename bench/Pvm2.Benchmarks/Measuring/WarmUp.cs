using System.Diagnostics;
using Pvm2.Benchmarks.Probes;

namespace Pvm2.Benchmarks.Measuring;

/// <summary>Runs probes until the just-in-time compiler has nothing more to improve.</summary>
/// <remarks>
/// The runtime compiles a method anew in the background when it has been called some thirty times, twice for code
/// that it profiles, and only when nothing new was compiled for 100 ms. Hence the pauses.
/// </remarks>
internal static class WarmUp
{
    private const int FewestPasses = 5;
    private const int MostPasses = 20;
    private const double Settled = 0.03;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan TimeOfProbe = TimeSpan.FromMilliseconds(2);

    /// <summary>Warms up.</summary>
    /// <param name="probes">What is to be measured.</param>
    /// <returns>How it went.</returns>
    public static WarmUpResult Run(IReadOnlyList<Probe> probes)
    {
        var counts = new long[probes.Count];
        var previous = Array.Empty<double>();
        var (pass, change, calm) = (0, double.NaN, 0);
        while (pass < MostPasses && (pass < FewestPasses || calm < 2))
        {
            var times = probes.Select((probe, i) => RunFor(probe, ref counts[i])).ToArray();
            change = pass == 0 ? double.NaN : Statistics.GeometricMean([.. times.Zip(previous, static (x, y) => x / y)]) - 1;
            calm = Math.Abs(change) < Settled ? calm + 1 : 0;
            previous = times;
            pass++;
            Sampler.CollectGarbage();
            Thread.Sleep(Pause);
        }

        return new WarmUpResult(pass, counts.Min(), (long)Statistics.Median([.. counts.Select(count => (double)count)]), change, calm >= 2);
    }

    /// <summary>Repeats a probe for a while.</summary>
    /// <returns>Ticks of the fastest repetition.</returns>
    private static double RunFor(Probe probe, ref long count)
    {
        var start = Stopwatch.GetTimestamp();
        var best = long.MaxValue;
        do
        {
            best = Math.Min(best, probe.Measure(1));
            count++;
        }
        while (Stopwatch.GetElapsedTime(start) < TimeOfProbe);
        return best;
    }
}

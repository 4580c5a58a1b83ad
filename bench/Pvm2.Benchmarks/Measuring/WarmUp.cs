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
    /// <summary>Passes after which it stops, settled or not.</summary>
    public const int DefaultPasses = 20;

    private const int FewestPasses = 5;
    private const double Settled = 0.03;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan TimeOfProbe = TimeSpan.FromMilliseconds(2);

    /// <summary>Warms up.</summary>
    /// <param name="probes">What is to be measured.</param>
    /// <param name="mostPasses">Passes after which it stops, settled or not; at least 1.</param>
    /// <returns>How it went.</returns>
    public static WarmUpResult Run(IReadOnlyList<Probe> probes, int mostPasses)
    {
        var counts = new long[probes.Count];
        var previous = Array.Empty<double>();
        var (pass, calm) = (0, 0);
        double? change = null;
        while (pass < mostPasses && (pass < FewestPasses || calm < 2))
        {
            var times = probes.Select((probe, i) => RunFor(probe, ref counts[i])).ToArray();
            change = pass == 0 ? null : Statistics.GeometricMean([.. times.Zip(previous, static (x, y) => x / y)]) - 1;
            calm = change is > -Settled and < Settled ? calm + 1 : 0;
            previous = times;
            pass++;
            Garbage.Collect();
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

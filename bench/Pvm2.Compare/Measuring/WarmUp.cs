using System.Diagnostics;
using Pvm2.Compare.Results;
using Pvm2.Measuring;

namespace Pvm2.Compare.Measuring;

/// <summary>Lets an engine do everything that will be measured, until it gets no faster.</summary>
/// <remarks>
/// The runtime of the engines that are .NET libraries compiles a method anew in the background when it has been called
/// some thirty times, twice for code that it profiles, and only when nothing new was compiled for 100 ms. Hence the pauses.
/// </remarks>
internal sealed class WarmUp(Plan plan)
{
    private const int FewestPasses = 4;
    private const double Settled = 0.02;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan TimeOfFigure = TimeSpan.FromMilliseconds(2);

    /// <summary>Warms up.</summary>
    /// <param name="contestant">An engine of which something is measured that can be warm.</param>
    /// <returns>Whether it got no faster in the last two passes.</returns>
    public bool Run(Contestant contestant)
    {
        var fastest = new Dictionary<(string Workload, Kind Kind), double>();
        var calm = 0;
        for (var pass = 0; pass < plan.MostWarmUpPasses && (pass < FewestPasses || calm < 2); pass++)
        {
            var gain = RunPass(contestant, fastest);
            calm = pass > 0 && gain < Settled ? calm + 1 : 0;
            Thread.Sleep(Pause);
        }

        return calm >= 2;
    }

    /// <summary>Does everything once more.</summary>
    /// <param name="fastest">The least time of each figure so far. Of times, only the least tells: others hold what else the machine did.</param>
    /// <returns>By how much the least times fell, over all figures that were there before.</returns>
    private double RunPass(Contestant contestant, Dictionary<(string Workload, Kind Kind), double> fastest)
    {
        var gains = new List<double>();
        foreach (var workload in plan.Workloads)
        {
            contestant.Load(workload);
            foreach (var kind in Sampling.Kinds(plan, contestant).ToArray())
            {
                var time = RunFigure(contestant, kind);
                var hadTime = fastest.TryGetValue((workload, kind), out var before);
                fastest[(workload, kind)] = hadTime ? Math.Min(before, time) : time;
                gains.AddRange(hadTime ? [before / fastest[(workload, kind)]] : []);
            }
        }

        return Statistics.GeometricMean(gains) - 1;
    }

    /// <summary>Repeats a figure for a while.</summary>
    /// <returns>Nanoseconds of the fastest repetition.</returns>
    private static double RunFigure(Contestant contestant, Kind kind)
    {
        var start = Stopwatch.GetTimestamp();
        var best = double.PositiveInfinity;
        for (var repetitions = 1; ; repetitions = Math.Min(2 * repetitions, Sampling.MostRepetitions(kind)))
        {
            if (contestant.Measure(kind, repetitions) is not { } timing)
            {
                return 1;
            }

            best = Math.Min(best, timing.Nanoseconds / repetitions);
            if (Stopwatch.GetElapsedTime(start) >= TimeOfFigure)
            {
                return best;
            }
        }
    }
}

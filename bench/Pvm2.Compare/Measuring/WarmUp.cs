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
    private const double Settled = 0.03;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan TimeOfFigure = TimeSpan.FromMilliseconds(2);

    /// <summary>Warms up.</summary>
    /// <returns>Whether the last two passes were like the ones before them, or nothing of it is measured that could be warm.</returns>
    public bool Run(Contestant contestant)
    {
        if (!Sampling.Kinds(plan, contestant).Any())
        {
            return true;
        }

        var previous = Array.Empty<double>();
        var calm = 0;
        for (var pass = 0; pass < plan.MostWarmUpPasses && (pass < FewestPasses || calm < 2); pass++)
        {
            var times = RunPass(contestant);
            var change = pass == 0 ? double.NaN : Statistics.GeometricMean([.. times.Zip(previous, static (x, y) => x / y)]) - 1;
            calm = Math.Abs(change) < Settled ? calm + 1 : 0;
            previous = times;
            Thread.Sleep(Pause);
        }

        return calm >= 2;
    }

    private double[] RunPass(Contestant contestant)
    {
        var times = new List<double>();
        foreach (var workload in plan.Workloads)
        {
            contestant.Load(workload);
            foreach (var kind in Sampling.Kinds(plan, contestant))
            {
                times.Add(RunFigure(contestant, kind));
            }
        }

        return [.. times];
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

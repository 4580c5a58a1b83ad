using System.Globalization;
using Pvm2.Engine;
using Pvm2.Runtime.Gas;

namespace Pvm2.Benchmarks.Governing;

/// <summary>A hot loop that starts in the interpreter: how fast it is, and when, beside the same loop at its best.</summary>
internal sealed class WarmUpCurve
{
    private const int Rounds = 15;
    private const double GoodSpeed = 0.9;

    /// <summary>So many stretches at good speed, one after the other, are no accident.</summary>
    private const int Lasting = 50;

    private static readonly double[] Milliseconds = [0.25, 0.5, 1, 1.5, 2, 3, 5, 10, 20, 50];
    private static readonly TimeSpan Goal = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan RunTime = TimeSpan.FromMilliseconds(200);

    private readonly LongGuest _guest = new();

    /// <summary>Measures and prints, beside the best tier that there is.</summary>
    public void Write(TextWriter output, string title, Func<TierChoice> choose, string bestTier)
    {
        var best = FindBest(TierPolicy.Fixed(bestTier));
        var runs = Enumerable.Range(0, Rounds).Select(_ => Measure(choose())).ToArray();
        output.WriteLine();
        output.WriteLine($"### {title}");
        output.WriteLine();
        var table = new TextTable("ms since the start", "speed, best = 1", "p10–p90");
        for (var n = 0; n < Milliseconds.Length; n++)
        {
            var start = n == 0 ? 0 : Milliseconds[n - 1];
            var speeds = runs.Select(run => SpeedBetween(run, start, Milliseconds[n], best)).Where(double.IsFinite).ToArray();
            var summary = Summary.Of(speeds);
            table.Add(
                string.Create(CultureInfo.InvariantCulture, $"{start}–{Milliseconds[n]}"), TextTable.Figure(summary.Median), TextTable.Spread(summary));
        }

        table.WriteTo(output);
        var reached = Summary.Of([.. runs.Select(run => TimeUntilGood(run, best))]);
        output.WriteLine();
        output.WriteLine(
            $"- {GoodSpeed:P0} of the speed in the best tier alone after {TextTable.Figure(reached.Median)} ms (p10–p90 {TextTable.Spread(reached)}); "
            + $"bar {Goal.TotalMilliseconds} ms: {(reached.High <= Goal.TotalMilliseconds ? "met" : "MISSED")}");
    }

    /// <summary>Microseconds of a stretch when all is compiled: the second half of the best of three runs.</summary>
    private double FindBest(TierPolicy policy)
    {
        const int Runs = 3;
        return Enumerable.Range(0, Runs).Min(_ =>
        {
            var run = Measure(HostTiers.Choose(policy));
            return Statistics.Median([.. run.Skip(run.Length / 2).Select(stretch => stretch.Length)]);
        });
    }

    /// <summary>Runs the guest. The stretches count from the start of the run, when the module is loaded and ready.</summary>
    private Stretch[] Measure(TierChoice choice)
    {
        using var governor = choice.CreateGovernor();
        var run = _guest.Run(governor, GasModel.Pipeline, RunTime);
        return [.. run.Select(stretch => stretch with { Start = stretch.Start - run[0].Start })];
    }

    private static double SpeedBetween(Stretch[] run, double start, double end, double best)
    {
        var within = run.Where(stretch => stretch.Start >= start && stretch.Start < end).ToArray();
        return within.Length * best / within.Sum(stretch => stretch.Length);
    }

    /// <summary>Milliseconds until a stretch that is good, and after which most stay so.</summary>
    private static double TimeUntilGood(Stretch[] run, double best)
    {
        var goal = best / GoodSpeed;
        for (var first = 0; first + Lasting <= run.Length; first++)
        {
            if (run[first].Length <= goal
                && Statistics.Median([.. run.Skip(first).Take(Lasting).Select(stretch => stretch.Length)]) <= goal)
            {
                return run[first].Start;
            }
        }

        return double.PositiveInfinity;
    }
}

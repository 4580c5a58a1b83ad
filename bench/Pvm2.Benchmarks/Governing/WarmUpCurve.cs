using System.Diagnostics;
using System.Globalization;
using Pvm2.Benchmarks.Measuring;
using Pvm2.Benchmarks.Reports;
using Pvm2.Engine;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Text;

namespace Pvm2.Benchmarks.Governing;

/// <summary>
/// A hot loop that starts in the interpreter: how fast it is, and when, beside the same loop at its best. The guest calls
/// the host after each stretch of the loop, and the host notes the time.
/// </summary>
internal sealed class WarmUpCurve
{
    private const int Selector = 5;
    private const int Stretches = 40_000;
    private const int Rounds = 15;
    private const double GoodSpeed = 0.9;

    /// <summary>So many stretches at good speed, one after the other, are no accident.</summary>
    private const int Lasting = 50;

    private const string Guest = """
        main:
            li      a2, 2500
            fallthrough
        1:  mul     a0, a0, a2
            xori    a0, a0, 0x55
            addi    a2, a2, -1
            bnez    a2, 1b
            ecalli  5
            addi    a1, a1, -1
            bnez    a1, main
            ecalli  0
        """;

    private static readonly double[] Milliseconds = [0.25, 0.5, 1, 1.5, 2, 3, 5, 10, 20, 50];
    private static readonly TimeSpan Goal = TimeSpan.FromMilliseconds(50);

    private readonly long[] _times = new long[Stretches];

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
        return Enumerable.Range(0, Runs).Min(_ => Statistics.Median(
            [.. Measure(HostTiers.Choose(policy)).Skip(Stretches / 2).Select(stretch => stretch.Length)]));
    }

    private Stretch[] Measure(TierChoice choice)
    {
        using var governor = choice.CreateGovernor();
        Garbage.Collect();
        var next = 0;
        var calls = new HostCallTable().Register(0, static _ => HostCallAction.Halt).Register(Selector, _ =>
        {
            _times[next++] = Stopwatch.GetTimestamp();
            return HostCallAction.Continue;
        });
        var program = Assembler.Assemble(Guest).Program
            ?? throw new InvalidOperationException("The guest of this measurement does not assemble.");
        using var instance = Module.Create(program).CreateInstance(new InstanceOptions { Tier = governor, HostCalls = calls });
        instance.Start(null, 0, Stretches);
        var start = Stopwatch.GetTimestamp();
        var exit = instance.Run();
        return exit.Reason == ExitReason.Halt
            ? [.. _times.Select((time, number) => new Stretch(
                Stopwatch.GetElapsedTime(start, number == 0 ? start : _times[number - 1]).TotalMilliseconds,
                Stopwatch.GetElapsedTime(number == 0 ? start : _times[number - 1], time).TotalMicroseconds))]
            : throw new InvalidOperationException($"The run ended with {exit}.");
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

    /// <summary>A stretch of the loop.</summary>
    /// <param name="Start">Milliseconds since the start of the run.</param>
    /// <param name="Length">Microseconds.</param>
    private readonly record struct Stretch(double Start, double Length);
}

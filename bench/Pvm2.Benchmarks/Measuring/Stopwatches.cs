using System.Diagnostics;

namespace Pvm2.Benchmarks;

/// <summary>Several ways to do a thing, measured in turns, so that a noisy moment hits all of them.</summary>
internal static class Stopwatches
{
    /// <summary>Medians in microseconds, in the order of the actions.</summary>
    /// <param name="rounds">How often each is measured.</param>
    /// <param name="actions">Each gives the time that counts, without its preparation.</param>
    public static double[] Medians(int rounds, params Func<TimeSpan>[] actions)
    {
        var times = actions.Select(_ => new double[rounds]).ToArray();
        for (var warmUp = 0; warmUp < 3; warmUp++)
        {
            foreach (var action in actions)
            {
                _ = action();
            }
        }

        for (var round = 0; round < rounds; round++)
        {
            for (var i = 0; i < actions.Length; i++)
            {
                times[i][round] = actions[i]().TotalMicroseconds;
            }
        }

        foreach (var series in times)
        {
            Array.Sort(series);
        }

        return [.. times.Select(series => series[rounds / 2])];
    }

    /// <summary>The time of an action.</summary>
    public static TimeSpan Of(Action action)
    {
        var start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start);
    }
}

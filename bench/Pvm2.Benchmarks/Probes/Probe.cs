using System.Diagnostics;
using Pvm2.Benchmarks.Measuring;

namespace Pvm2.Benchmarks.Probes;

/// <summary>One thing to measure. It prepares and checks outside of the clock.</summary>
internal abstract class Probe
{
    /// <summary>What it measures.</summary>
    public abstract SeriesKey Key { get; }

    /// <summary>The most repetitions of one sample: each may hold memory until the sample is over.</summary>
    public virtual int MostRepetitions => 32;

    /// <summary>Whether each sample is taken once and straight after another probe, without a repetition to get ready.</summary>
    public virtual bool IsTakenOnce => false;

    /// <summary>Measures a sample.</summary>
    /// <param name="repetitions">How often it is done, at least once.</param>
    /// <returns>Time of all repetitions, in the stopwatch's ticks.</returns>
    /// <exception cref="InvalidOperationException">A result was wrong.</exception>
    public long Measure(int repetitions)
    {
        SetUp(repetitions);
        var start = Stopwatch.GetTimestamp();
        Repeat(repetitions);
        var ticks = Stopwatch.GetTimestamp() - start;
        TearDown();
        return ticks;
    }

    /// <summary>What every repetition needs, before the clock starts.</summary>
    protected virtual void SetUp(int repetitions)
    {
    }

    /// <summary>What is inside the clock.</summary>
    protected abstract void Repeat(int repetitions);

    /// <summary>Checks results and gives back what the sample held, when the clock has stopped.</summary>
    protected virtual void TearDown()
    {
    }
}

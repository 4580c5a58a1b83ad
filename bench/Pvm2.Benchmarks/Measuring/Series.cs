namespace Pvm2.Benchmarks.Measuring;

/// <summary>The samples of one measurement, one a round.</summary>
/// <param name="Key">What was measured.</param>
/// <param name="Repetitions">How often it was done within a sample.</param>
/// <param name="Samples">Nanoseconds a repetition, in the order of the rounds.</param>
internal sealed record Series(SeriesKey Key, int Repetitions, double[] Samples);

namespace Pvm2.Compare.Protocol;

/// <summary>The answer to a request that is timed.</summary>
/// <param name="Nanoseconds">Of all repetitions together.</param>
/// <param name="Result">What the workload left; zero where it did not run.</param>
public readonly record struct Timing(double Nanoseconds, ulong Result);

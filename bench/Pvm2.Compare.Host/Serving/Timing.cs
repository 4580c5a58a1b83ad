namespace Pvm2.Compare.Host.Serving;

/// <summary>What came of a measurement.</summary>
/// <param name="Nanoseconds">Of all repetitions together.</param>
/// <param name="Result">What each of them left.</param>
internal readonly record struct Timing(long Nanoseconds, ulong Result);

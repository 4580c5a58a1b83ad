namespace Pvm2.Benchmarks.Measuring;

/// <summary>How a warm-up went.</summary>
/// <param name="Passes">How often all probes had their turn.</param>
/// <param name="FewestRepetitions">Repetitions of the probe that had the fewest.</param>
/// <param name="MedianRepetitions">Repetitions of the probe in the middle.</param>
/// <param name="LastChange">How much the last pass differed from the one before, over all probes: 0.01 is 1 % slower; null after one pass.</param>
/// <param name="HasSettled">Whether the last two passes were like the ones before them.</param>
internal sealed record WarmUpResult(
    int Passes, long FewestRepetitions, long MedianRepetitions, double? LastChange, bool HasSettled);

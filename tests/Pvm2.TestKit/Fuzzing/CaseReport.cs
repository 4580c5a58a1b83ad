using Pvm2.TestKit.Lockstep;

namespace Pvm2.TestKit.Fuzzing;

/// <summary>What came of a case.</summary>
/// <param name="Difference">What differs; empty if nothing does.</param>
/// <param name="Tier">The tier that differs; empty if none does.</param>
/// <param name="Plan">The gas of the run in which it differs; null if none does.</param>
/// <param name="Counts">The case in numbers.</param>
/// <param name="Features">What it reached, as numbers below <see cref="CaseFeatures.Count"/>.</param>
public sealed record CaseReport(
    string Difference, string Tier, GasPlan? Plan, CaseCounts Counts, IReadOnlyList<int> Features);

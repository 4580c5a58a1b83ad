namespace Pvm2.Fuzz.Running;

/// <summary>What a tier had in a run.</summary>
/// <param name="Cases">Cases.</param>
/// <param name="Blocks">Basic blocks of their programs.</param>
/// <param name="BlocksExecuted">Those that were executed.</param>
internal readonly record struct TierTotals(long Cases, long Blocks, long BlocksExecuted);

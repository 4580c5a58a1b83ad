namespace Pvm2.Runtime.Governing;

/// <summary>What a governor did for one of its stages, in all modules together.</summary>
/// <param name="Tier">Name of the stage's tier.</param>
/// <param name="Compiled">Modules that were made ready, each time that they were, for each gas model.</param>
/// <param name="Promoted">Those among them that ran in a lower stage at that time.</param>
/// <param name="Failed">Attempts that failed, such as for want of memory.</param>
public sealed record StageStatistics(string Tier, long Compiled, long Promoted, long Failed);

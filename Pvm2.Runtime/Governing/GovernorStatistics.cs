namespace Pvm2.Runtime.Governing;

/// <summary>What a governor has done until now.</summary>
/// <param name="Modules">Modules that asked for code, each counted once for each gas model.</param>
/// <param name="Shared">Those among them that got the code of another module of the same program.</param>
/// <param name="Pending">Modules that wait to be compiled in the background, or are being compiled.</param>
/// <param name="Dropped">How often a module's code was let go of to save memory.</param>
/// <param name="Revived">How often such code was taken up again, because a run had kept it alive.</param>
/// <param name="MemoryFallbacks">Instances that did not get the memory of the best stage, for want of addresses.</param>
/// <param name="Stages">Its stages, lowest first.</param>
/// <param name="LastFailure">Why something could not be compiled the last time; null if that never happened.</param>
public sealed record GovernorStatistics(
    long Modules,
    long Shared,
    int Pending,
    long Dropped,
    long Revived,
    long MemoryFallbacks,
    IReadOnlyList<StageStatistics> Stages,
    Exception? LastFailure);

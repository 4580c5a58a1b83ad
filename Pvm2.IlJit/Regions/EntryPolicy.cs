namespace Pvm2.IlJit.Regions;

/// <summary>
/// Which heads of loops a region can be entered at, besides the blocks that other regions go to. An entry into the
/// midst of a loop makes it irreducible, and compilers optimise such loops less.
/// </summary>
internal enum EntryPolicy
{
    /// <summary>All of them: a run that was stopped in any loop is back in the region after one round of that loop.</summary>
    AllLoopHeads,

    /// <summary>
    /// Only those that are in no larger loop of the region: nests of loops stay reducible, and a run that was stopped
    /// in an inner loop is back in the region after one round of the outermost.
    /// </summary>
    OutermostLoopHeads,
}

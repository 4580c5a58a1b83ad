using Pvm2.IlJit.Lowering;

namespace Pvm2.IlJit.Regions;

/// <summary>
/// How large regions may become, and how large they had better be. The limits keep a distance to those of RyuJIT, past
/// which it does not optimise: 2 000 blocks, 20 000 IL instructions, 8 000 references of local variables.
/// </summary>
internal sealed record RegionLimits
{
    /// <summary>The limits that are used where nothing else is said.</summary>
    internal static RegionLimits Default { get; } = new();

    /// <summary>
    /// The most blocks of a region; at least 1. A block becomes three or four blocks of IL, with its ways out.
    /// </summary>
    public int MaxBlocks { get; init; } = 350;

    /// <summary>
    /// The most IL instructions of a region, by <see cref="Cost"/>; another thousand, at most, load and store the
    /// registers at its edges.
    /// </summary>
    public int MaxInstructions { get; init; } = 14_000;

    /// <summary>The most references of local variables in a region, by <see cref="Cost"/>.</summary>
    public int MaxLocalReferences { get; init; } = 6_500;

    /// <summary>
    /// To what percentage of the limits regions grow, 1 to 100. Only loops that are kept whole may take more. Larger
    /// methods are compiled later, and their variables compete for registers.
    /// </summary>
    public int TargetPercent { get; init; } = 70;

    /// <summary>
    /// The most entries of a jump table that a <c>br_table</c> goes to within its region. The targets of larger tables
    /// are all entries, whichever region they are in, so that such a <c>br_table</c> can treat all alike.
    /// </summary>
    public int MaxSwitchTargets { get; init; } = BlockFlow.LongestSwitch;

    /// <summary>
    /// Programs of more blocks are left to the interpreter as a whole: the planner takes some 200 bytes of memory a block.
    /// </summary>
    public int MaxPlannedBlocks { get; init; } = 8_000_000;

    /// <summary>Which heads of loops are entries.</summary>
    public EntryPolicy EntryPolicy { get; init; } = EntryPolicy.AllLoopHeads;

    /// <summary>What guest code is estimated to become.</summary>
    public LoweringCost Cost { get; init; } = new();

    /// <summary>The limits.</summary>
    internal RegionSize Largest => new(MaxBlocks, new LoweringSize(MaxInstructions, MaxLocalReferences));

    /// <summary>What regions grow to.</summary>
    internal RegionSize Target => Largest.Scale(TargetPercent);
}

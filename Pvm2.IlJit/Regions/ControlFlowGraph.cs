using Pvm2.Runtime.Isa;

namespace Pvm2.IlJit.Regions;

/// <summary>
/// Where control goes from each basic block, and what the block is estimated to become. Thirteen bytes a block; a table
/// is named and not copied, so that a table of thousands of targets costs no more where many blocks use it.
/// </summary>
/// <param name="blocks">Number of blocks.</param>
/// <param name="profile">The profile of the program.</param>
internal sealed class ControlFlowGraph(int blocks, Profile profile)
{
    /// <summary>Stands for a block or a table that is not there.</summary>
    internal const int None = -1;

    /// <summary>The profile of the program.</summary>
    internal Profile Profile { get; } = profile;

    /// <summary>Number of blocks.</summary>
    internal int Count { get; } = blocks;

    /// <summary>How each block ends.</summary>
    internal BlockEnd[] Ends { get; } = new BlockEnd[blocks];

    /// <summary>
    /// For each block the one that it branches, jumps or calls to, or in the static profile the table of its indirect
    /// jump; else <see cref="None"/>.
    /// </summary>
    internal int[] Targets { get; } = new int[blocks];

    /// <summary>What each block is estimated to become.</summary>
    internal LoweringSize[] Sizes { get; } = new LoweringSize[blocks];

    /// <summary>
    /// Blocks that computed jumps within functions are likely to go to: those in tables of such jumps, and in xjar those
    /// whose address is a constant of the program.
    /// </summary>
    internal BlockSet Addresses { get; } = new(blocks);

    /// <summary>The blocks that are in tables.</summary>
    internal BlockSet TableTargets { get; } = new(blocks);

    /// <summary>The block that a block branches, jumps or calls to; <see cref="None"/> if it does not.</summary>
    internal int TargetOf(int block) => IsIndirect(Ends[block]) ? None : Targets[block];

    /// <summary>In the static profile the table that a block jumps through; <see cref="None"/> if it does not.</summary>
    internal int TableOf(int block) => IsIndirect(Ends[block]) ? Targets[block] : None;

    /// <summary>
    /// The next block, if control can go on to it from this one; else <see cref="None"/>. Returns from calls do not
    /// count, nor does what a return does with an index beyond its table: nothing is meant to go on there.
    /// </summary>
    internal int NextOf(int block) => Ends[block] switch
    {
        BlockEnd.FallThrough or BlockEnd.Branch or BlockEnd.HostCall => After(block),
        BlockEnd.IndirectJump or BlockEnd.IndirectCall when Profile == Profile.Static => After(block),
        _ => None,
    };

    /// <summary>
    /// The block that a call by this block returns to, if it does; else <see cref="None"/>. In static it is in a table,
    /// and linkers may put a trap before it.
    /// </summary>
    internal int ReturnSiteOf(int block)
    {
        if (Ends[block] is not (BlockEnd.Call or BlockEnd.IndirectCall))
        {
            return None;
        }

        var next = After(block);
        return Profile == Profile.Static && !TableTargets.Contains(next) ? After(next) : next;
    }

    /// <summary>In the static profile, whether a table has the block after another, or the one after that.</summary>
    internal bool HasReturnSite(int block) =>
        After(block) is >= 0 and var next && (TableTargets.Contains(next) || TableTargets.Contains(After(next)));

    /// <summary>Whether a block ends with a jump that may go to any block.</summary>
    internal bool GoesAnywhere(int block) => Profile == Profile.Xjar && IsIndirect(Ends[block]);

    private static bool IsIndirect(BlockEnd end) =>
        end is BlockEnd.IndirectCall or BlockEnd.Return or BlockEnd.IndirectJump;

    private int After(int block) => block + 1 < Count ? block + 1 : None;
}

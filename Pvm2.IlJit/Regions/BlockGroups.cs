namespace Pvm2.IlJit.Regions;

/// <summary>Groups of blocks that grow by being joined, up to a limit. At first each block is alone.</summary>
/// <param name="sizes">What each block is estimated to become.</param>
internal sealed class BlockGroups(LoweringSize[] sizes)
{
    private readonly DisjointSets _sets = new(sizes.Length);

    // Of the first block of each group; without that block itself, so that they are zero at first.
    private readonly int[] _otherBlocks = new int[sizes.Length];
    private readonly LoweringSize[] _sizes = [.. sizes];

    /// <summary>The first block of a block's group.</summary>
    internal int Find(int block) => _sets.Find(block);

    /// <summary>How large the group of a block is.</summary>
    internal RegionSize SizeOf(int block)
    {
        var group = Find(block);
        return new RegionSize(_otherBlocks[group] + 1, _sizes[group]);
    }

    /// <summary>Joins the groups of two blocks, unless the result is too large.</summary>
    internal void TryJoin(int left, int right, in RegionSize limit)
    {
        (left, right) = (Find(left), Find(right));
        var size = SizeOf(left) + SizeOf(right);
        if (left != right && size.Fits(limit))
        {
            var first = _sets.Join(left, right);
            (_otherBlocks[first], _sizes[first]) = (size.Blocks - 1, size.Lowered);
        }
    }
}

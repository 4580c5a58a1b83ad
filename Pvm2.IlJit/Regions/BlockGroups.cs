namespace Pvm2.IlJit.Regions;

/// <summary>
/// Groups of blocks that grow by being joined (disjoint sets; Tarjan and van Leeuwen 1984). At first each block is alone.
/// The first block of a group stands for it.
/// </summary>
internal sealed class BlockGroups
{
    private readonly int[] _parents;
    private readonly int[] _counts;
    private readonly LoweringSize[] _sizes;

    /// <summary>Makes a group of every block.</summary>
    /// <param name="sizes">What each block is estimated to become.</param>
    internal BlockGroups(LoweringSize[] sizes)
    {
        _parents = new int[sizes.Length];
        _counts = new int[sizes.Length];
        _sizes = [.. sizes];
        for (var block = 0; block < sizes.Length; block++)
        {
            _parents[block] = block;
        }

        Array.Fill(_counts, 1);
    }

    /// <summary>The first block of a block's group.</summary>
    internal int Find(int block)
    {
        while (_parents[block] != block)
        {
            block = _parents[block] = _parents[_parents[block]];
        }

        return block;
    }

    /// <summary>How large the group of a block is.</summary>
    internal RegionSize SizeOf(int block)
    {
        var group = Find(block);
        return new RegionSize(_counts[group], _sizes[group]);
    }

    /// <summary>Joins the groups of two blocks, unless the result is too large.</summary>
    internal void TryJoin(int left, int right, in RegionSize limit)
    {
        (left, right) = (Find(left), Find(right));
        if (left == right)
        {
            return;
        }

        var size = SizeOf(left) + SizeOf(right);
        if (!size.Fits(limit))
        {
            return;
        }

        var (first, other) = left < right ? (left, right) : (right, left);
        _parents[other] = first;
        (_counts[first], _sizes[first]) = (size.Blocks, size.Lowered);
    }
}

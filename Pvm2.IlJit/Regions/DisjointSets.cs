namespace Pvm2.IlJit.Regions;

/// <summary>
/// Sets of blocks that grow by being joined (Tarjan and van Leeuwen 1984). At first each block is alone. The first block
/// of a set stands for it.
/// </summary>
internal sealed class DisjointSets
{
    private readonly int[] _parents;

    /// <summary>Makes a set of every block.</summary>
    /// <param name="count">Number of blocks.</param>
    internal DisjointSets(int count)
    {
        _parents = new int[count];
        for (var block = 0; block < count; block++)
        {
            _parents[block] = block;
        }
    }

    /// <summary>The first block of a block's set.</summary>
    internal int Find(int block)
    {
        while (_parents[block] != block)
        {
            block = _parents[block] = _parents[_parents[block]];
        }

        return block;
    }

    /// <summary>Joins the sets of two blocks.</summary>
    /// <returns>The first block of the set that they are in now.</returns>
    internal int Join(int left, int right)
    {
        var (first, other) = (Find(left), Find(right));
        if (other < first)
        {
            (first, other) = (other, first);
        }

        _parents[other] = first;
        return first;
    }
}

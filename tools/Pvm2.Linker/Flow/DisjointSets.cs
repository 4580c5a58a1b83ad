namespace Pvm2.Linker.Flow;

/// <summary>A union-find structure over the numbers from 0.</summary>
internal sealed class DisjointSets
{
    private readonly int[] _parents;

    /// <summary>Makes one set of each number below <paramref name="count"/>.</summary>
    public DisjointSets(int count)
    {
        _parents = new int[count];
        for (var i = 0; i < count; i++)
        {
            _parents[i] = i;
        }
    }

    /// <summary>The representative of an element's set: its lowest member.</summary>
    public int Find(int element)
    {
        // Path halving.
        while (_parents[element] != element)
        {
            _parents[element] = _parents[_parents[element]];
            element = _parents[element];
        }

        return element;
    }

    /// <summary>Joins two sets.</summary>
    public void Union(int left, int right)
    {
        left = Find(left);
        right = Find(right);
        _parents[Math.Max(left, right)] = Math.Min(left, right);
    }
}

namespace Pvm2.Linker.Flow;

/// <summary>A union-find structure over the numbers from 0.</summary>
internal sealed class DisjointSets
{
    private readonly int[] parents;

    /// <summary>Makes one set of each number below <paramref name="count"/>.</summary>
    public DisjointSets(int count)
    {
        parents = new int[count];
        for (var i = 0; i < count; i++)
        {
            parents[i] = i;
        }
    }

    /// <summary>The representative of an element's set: its lowest member.</summary>
    public int Find(int element)
    {
        // Path halving.
        while (parents[element] != element)
        {
            parents[element] = parents[parents[element]];
            element = parents[element];
        }

        return element;
    }

    /// <summary>Joins two sets.</summary>
    public void Union(int left, int right)
    {
        left = Find(left);
        right = Find(right);
        parents[Math.Max(left, right)] = Math.Min(left, right);
    }
}

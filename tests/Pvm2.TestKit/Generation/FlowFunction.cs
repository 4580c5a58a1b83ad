namespace Pvm2.TestKit.Generation;

/// <summary>A function of a <see cref="FlowGuest"/>.</summary>
/// <param name="Labels">The starts of its blocks.</param>
/// <param name="Returns">Where its calls return to, in the order of their handles; in static without a shared table.</param>
/// <param name="Table">The number of the table that it returns through.</param>
internal sealed record FlowFunction(int[] Labels, List<int> Returns, int Table)
{
    /// <summary>Where calls go.</summary>
    internal int Entry => Labels[0];

    /// <summary>Whether it calls nothing, and so has no frame.</summary>
    internal bool IsLeaf { get; init; }
}

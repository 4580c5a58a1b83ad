namespace Pvm2.IlJit.Regions;

/// <summary>How much IL guest code becomes. RyuJIT stops optimising where a method has too much of either.</summary>
/// <param name="Instructions">IL instructions.</param>
/// <param name="LocalReferences">Those of them that read or write a local variable.</param>
internal readonly record struct LoweringSize(int Instructions, int LocalReferences)
{
    /// <summary>Sums stop here, so that two of them can be added.</summary>
    private const int Ceiling = int.MaxValue / 2;

    /// <summary>The size of both, or at least a billion.</summary>
    public static LoweringSize operator +(LoweringSize left, LoweringSize right) => new(
        Math.Min(left.Instructions + right.Instructions, Ceiling),
        Math.Min(left.LocalReferences + right.LocalReferences, Ceiling));
}

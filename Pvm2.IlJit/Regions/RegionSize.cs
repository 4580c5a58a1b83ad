namespace Pvm2.IlJit.Regions;

/// <summary>How large a group of blocks is, or may be.</summary>
/// <param name="Blocks">Number of blocks.</param>
/// <param name="Lowered">What they become.</param>
internal readonly record struct RegionSize(int Blocks, LoweringSize Lowered)
{
    /// <summary>The size of both.</summary>
    public static RegionSize operator +(RegionSize left, RegionSize right) =>
        new(left.Blocks + right.Blocks, left.Lowered + right.Lowered);

    /// <summary>Whether nothing exceeds the limit.</summary>
    internal bool Fits(in RegionSize limit) =>
        Blocks <= limit.Blocks
        && Lowered.Instructions <= limit.Lowered.Instructions
        && Lowered.LocalReferences <= limit.Lowered.LocalReferences;

    /// <summary>A part of it; at least one block.</summary>
    internal RegionSize Scale(int percent) => new(
        Math.Max(1, Percent(Blocks, percent)),
        new LoweringSize(Percent(Lowered.Instructions, percent), Percent(Lowered.LocalReferences, percent)));

    private static int Percent(int value, int percent) => (int)((long)value * percent / 100);
}

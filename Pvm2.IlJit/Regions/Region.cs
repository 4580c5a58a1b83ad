namespace Pvm2.IlJit.Regions;

/// <summary>Basic blocks that share a method.</summary>
/// <param name="Number">The region's number in its plan.</param>
/// <param name="Blocks">Block numbers, ascending.</param>
/// <param name="Entries">
/// Those of the blocks that can be entered from outside, ascending: the entry number of a block is its place here.
/// What enters elsewhere, which is rare, is interpreted until the next entry. See <see cref="EntryFinder"/>.
/// </param>
/// <param name="IsCompilable">
/// Whether there is to be a method. There is none where a single block exceeds the limits, or where nothing is known
/// to enter the region: the interpreter keeps these blocks.
/// </param>
internal sealed record Region(int Number, int[] Blocks, int[] Entries, bool IsCompilable);

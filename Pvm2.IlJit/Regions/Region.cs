namespace Pvm2.IlJit.Regions;

/// <summary>Basic blocks that share a method.</summary>
/// <param name="Number">The region's number in its plan.</param>
/// <param name="Blocks">Block numbers, ascending.</param>
/// <param name="Entries">
/// Those of the blocks that can be entered from outside, ascending: the entry number of a block is its place here.
/// Every loop has one of its blocks among them, so that a run that was stopped within it soon gets back into the region.
/// </param>
internal sealed record Region(int Number, int[] Blocks, int[] Entries);

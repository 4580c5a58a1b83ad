namespace Pvm2.IlJit.Regions;

/// <summary>How the blocks of a module are grouped into methods. Each block that a run can reach is in one region.</summary>
/// <param name="Regions">The regions, by number; their first blocks ascend.</param>
/// <param name="RegionOfBlock">
/// For each block the number of its region; <see cref="NoRegion"/> for what <see cref="ReachableBlocks"/> leaves out, and
/// for all blocks where there are more than <see cref="RegionLimits.MaxPlannedBlocks"/>.
/// </param>
internal sealed record RegionPlan(Region[] Regions, int[] RegionOfBlock)
{
    /// <summary>Stands for the region of a block that is in none.</summary>
    internal const int NoRegion = -1;
}

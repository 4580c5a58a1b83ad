namespace Pvm2.IlJit.Regions;

/// <summary>How the blocks of a module are grouped into methods. Each block is in one region.</summary>
/// <param name="Regions">The regions, by number.</param>
/// <param name="RegionOfBlock">For each block the number of its region.</param>
internal sealed record RegionPlan(Region[] Regions, int[] RegionOfBlock);

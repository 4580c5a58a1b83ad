using Pvm2.Runtime.Gas;

namespace Pvm2.Runtime.Saved;

/// <summary>The regions that a saved guest has for one gas model.</summary>
/// <param name="Model">The gas model that their code charges by.</param>
/// <param name="Entries">For each region the numbers of the blocks that it can be entered at, by entry number.</param>
internal sealed record SavedRegions(GasModel Model, int[][] Entries);

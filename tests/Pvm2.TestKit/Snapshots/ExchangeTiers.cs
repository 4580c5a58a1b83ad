using Pvm2.Runtime.Execution;
using Pvm2.TestKit.Generation;
using Pvm2.TestKit.Tiers;

namespace Pvm2.TestKit.Snapshots;

/// <summary>
/// The tiers that trials run on: each that makes a module ready in no time gets all of them; of the others one gets a
/// trial now and then, in turn.
/// </summary>
/// <param name="stride">Of how many trials the others get one.</param>
internal sealed class ExchangeTiers(int stride)
{
    private readonly List<(string Name, ITier Tier)> _quick =
        [.. Known().Where(entry => entry.Tier is not SampledTier)];

    private readonly List<(string Name, ITier Tier)> _slow =
        [.. Known().Where(entry => entry.Tier is SampledTier).Select(entry => (entry.Name, ((SampledTier)entry.Tier).Sampled))];

    /// <summary>The tier that others are compared with.</summary>
    internal static ITier Reference => TierRegistry.Reference.Create();

    /// <summary>The tiers that finish a trial.</summary>
    /// <param name="trial">Its number.</param>
    internal IEnumerable<(string Name, ITier Tier)> For(int trial) =>
        trial % stride == 0 ? [.. _quick, _slow[trial / stride % _slow.Count]] : _quick;

    /// <summary>The tier that takes the snapshot of a trial.</summary>
    /// <param name="trial">Its number.</param>
    /// <param name="random">Chooses among those that get the trial.</param>
    internal (string Name, ITier Tier) Taking(int trial, Prng random)
    {
        var tiers = For(trial).ToList();
        return tiers[random.Below(tiers.Count)];
    }

    private static IEnumerable<(string Name, ITier Tier)> Known() =>
        TierRegistry.All.Select(entry => (entry.Name, entry.Create()));
}

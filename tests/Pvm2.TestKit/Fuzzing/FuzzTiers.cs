using Pvm2.Runtime.Execution;
using Pvm2.TestKit.Generation;
using Pvm2.TestKit.Tiers;

namespace Pvm2.TestKit.Fuzzing;

/// <summary>
/// The tiers of the registry, as themselves, and which cases each of them gets. Those that take microseconds to compile a
/// module get all; those that the registry gives to a sample of modules get one of so many, by the seed of the case.
/// </summary>
public sealed class FuzzTiers
{
    // Cheap enough for every case, since a case is compiled for one gas model alone.
    private const string Portable = "il";

    private readonly Member[] _members;

    /// <summary>Takes tiers.</summary>
    /// <param name="entries">The first is right, and runs everything on any memory.</param>
    /// <param name="givesAll">Whether each gets every case.</param>
    public FuzzTiers(IEnumerable<TierEntry> entries, bool givesAll = false) =>
        _members = [.. entries.Where(entry => entry.IsSupported).Select(entry => Take(entry, givesAll))];

    /// <summary>The names of all tiers.</summary>
    public IReadOnlyList<string> Names => [.. _members.Select(member => member.Entry.Name)];

    /// <summary>Of how many cases a tier gets one.</summary>
    public int ShareOf(string name) => _members.Single(member => member.Entry.Name == name).Share;

    /// <summary>The tiers that compile so fast that they run everything under every gas model.</summary>
    public IReadOnlyList<(TierEntry Entry, ITier Tier)> Fast() =>
        [.. _members.Where(member => !member.IsSlow).Select(Share)];

    /// <summary>The slower ones that get a case.</summary>
    public IReadOnlyList<(TierEntry Entry, ITier Tier)> Slow(CaseName name)
    {
        var random = new Prng(name.RunSeed);
        var chosen = new List<(TierEntry, ITier)>();
        foreach (var member in _members.Where(member => member.IsSlow))
        {
            if (random.Chance(1, member.Share))
            {
                chosen.Add(Share(member));
            }
        }

        return chosen;
    }

    private static (TierEntry Entry, ITier Tier) Share(Member member) => (member.Entry, new SharedTier(member.Tier));

    private static Member Take(TierEntry entry, bool givesAll)
    {
        var tier = entry.Create();
        return tier is SampledTier sampled
            ? new Member(entry, sampled.Sampled, true, givesAll || entry.Name == Portable ? 1 : sampled.Stride)
            : new Member(entry, tier, false, 1);
    }

    private sealed record Member(TierEntry Entry, ITier Tier, bool IsSlow, int Share);
}

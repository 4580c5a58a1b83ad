using System.Diagnostics.CodeAnalysis;
using Pvm2.Runtime.Execution;

namespace Pvm2.Cli.Running;

/// <summary>The tiers that the command line can name, and how to get them: the only place that knows.</summary>
internal static class TierCatalog
{
    /// <summary>The name that leaves the choice to this catalog.</summary>
    public const string Automatic = "auto";

    /// <summary>What <see cref="Automatic"/> stands for: the first of these that can be had.</summary>
    private static readonly string[] Preferred = ["native", "interpreter"];

    private static readonly (string Name, Func<TierOffer> Offer)[] Tiers =
    [
        ("interpreter", TierOffer.Interpreter),
        ("il", TierOffer.NotBuilt),
        ("aot", TierOffer.NotBuilt),
        ("native", TierOffer.Native),
    ];

    /// <summary>All names that may be asked for.</summary>
    public static IEnumerable<string> Names => [Automatic, .. Tiers.Select(tier => tier.Name)];

    /// <summary>Finds the tier of a name.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="tier">The tier.</param>
    /// <param name="failure">Why it cannot be had.</param>
    /// <exception cref="ArgumentException">There is no such name.</exception>
    public static bool TryFind(
        string name, [NotNullWhen(true)] out ITier? tier, [NotNullWhen(false)] out CommandFailure? failure)
    {
        var wanted = name == Automatic ? Preferred.First(tier => Offer(tier).Tier is not null) : name;
        (tier, var reason) = Offer(wanted);
        failure = tier is not null
            ? null
            : new CommandFailure(ExitCode.UnsupportedTier, $"the {wanted} tier is not available: {reason}");
        return tier is not null;
    }

    private static TierOffer Offer(string name)
    {
        var row = Array.FindIndex(Tiers, tier => tier.Name == name);
        ArgumentOutOfRangeException.ThrowIfNegative(row, nameof(name));
        return Tiers[row].Offer();
    }
}

using System.Diagnostics.CodeAnalysis;
using Pvm2.Cli.Aot;
using Pvm2.Native;
using Pvm2.Runtime.Execution;

namespace Pvm2.Cli.Running;

/// <summary>The tiers that the command line can name, and how to get them: the only place that knows.</summary>
internal static class TierCatalog
{
    /// <summary>The name that leaves the choice to this catalog.</summary>
    public const string Automatic = "auto";

    /// <summary>The reference tier.</summary>
    public const string Interpreter = "interpreter";

    /// <summary>The tier of machine code.</summary>
    public const string Native = "native";

    /// <summary>The tier of code that was compiled ahead of time.</summary>
    public const string Saved = "aot";

    /// <summary>What <see cref="Automatic"/> stands for: the first of these that can be had and can hold the program.</summary>
    private static readonly string[] Preferred = [Native, Interpreter];

    private static readonly (string Name, Func<TierOffer> Offer)[] Tiers =
    [
        (Interpreter, TierOffer.Interpreter),
        ("il", TierOffer.Il),
        (Saved, SavedGuests.Offer),
        (Native, TierOffer.Native),
    ];

    /// <summary>All names that may be asked for.</summary>
    public static IEnumerable<string> Names => [Automatic, .. Tiers.Select(tier => tier.Name)];

    /// <summary>Finds the tiers that a name stands for.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="tiers">At least one: what to run on, and after it what to fall back to.</param>
    /// <param name="failure">Why there is none.</param>
    /// <exception cref="ArgumentException">There is no such name.</exception>
    public static bool TryFind(
        string name, out IReadOnlyList<ITier> tiers, [NotNullWhen(false)] out CommandFailure? failure)
    {
        failure = null;
        if (name == Automatic)
        {
            tiers = [.. Preferred.Select(Offer).Select(offer => offer.Tier).OfType<ITier>()];
            return true;
        }

        var offer = Offer(name);
        tiers = offer.Tier is { } tier ? [tier] : [];
        if (tiers.Count == 0)
        {
            failure = Unavailable(name, offer.Reason);
        }

        return failure is null;
    }

    /// <summary>Makes a native tier, for what only it can do.</summary>
    /// <param name="tier">The tier.</param>
    /// <param name="failure">Why it cannot be had.</param>
    public static bool TryFindNative(
        [NotNullWhen(true)] out NativeTier? tier, [NotNullWhen(false)] out CommandFailure? failure)
    {
        var (isSupported, reason) = NativeTier.Support;
        tier = isSupported ? new NativeTier() : null;
        failure = isSupported ? null : Unavailable(Native, reason);
        return tier is not null;
    }

    /// <summary>Says that a tier cannot be had.</summary>
    public static CommandFailure Unavailable(string name, string reason) =>
        new(ExitCode.UnsupportedTier, $"the {name} tier is not available: {reason}");

    private static TierOffer Offer(string name)
    {
        var row = Array.FindIndex(Tiers, tier => tier.Name == name);
        ArgumentOutOfRangeException.ThrowIfNegative(row, nameof(name));
        return Tiers[row].Offer();
    }
}

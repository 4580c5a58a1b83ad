using System.Diagnostics.CodeAnalysis;
using Pvm2.Cli.Aot;
using Pvm2.Engine;
using Pvm2.Native;
using Pvm2.Runtime.Execution;

namespace Pvm2.Cli.Running;

/// <summary>The tiers that the command line can name, and how to get them: the only place that knows.</summary>
internal static class TierCatalog
{
    /// <summary>The name that leaves the choice to this catalog.</summary>
    public const string Automatic = "auto";

    /// <summary>The reference tier.</summary>
    public const string Interpreter = HostTiers.InterpreterName;

    /// <summary>The tier of machine code.</summary>
    public const string Native = HostTiers.NativeName;

    /// <summary>The tier of code that was compiled ahead of time.</summary>
    public const string Saved = "aot";

    /// <summary>All names that may be asked for.</summary>
    public static IEnumerable<string> Names => [Automatic, Interpreter, HostTiers.IlName, Saved, Native];

    /// <summary>Finds the tier that a name stands for.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="tier">What to run on.</param>
    /// <param name="failure">Why there is none.</param>
    /// <exception cref="ArgumentException">There is no such name.</exception>
    public static bool TryFind(
        string name, [NotNullWhen(true)] out ITier? tier, [NotNullWhen(false)] out CommandFailure? failure)
    {
        // The governor lives as long as the process.
        var offer = name switch
        {
            Automatic => new TierOffer(name, HostTiers.CreateGovernor(), string.Empty),
            Saved => SavedGuests.Offer(),
            _ => HostTiers.Offer(name),
        };
        tier = offer.Tier;
        failure = tier is null ? Unavailable(name, offer.Reason) : null;
        return tier is not null;
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
}

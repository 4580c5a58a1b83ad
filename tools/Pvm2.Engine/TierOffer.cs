using Pvm2.Runtime.Execution;

namespace Pvm2.Engine;

/// <summary>A tier, or why there is none.</summary>
/// <param name="Name">The tier's name.</param>
/// <param name="Tier">The tier; null where it cannot be had.</param>
/// <param name="Reason">Why it cannot, as a sentence or its end; empty where it can.</param>
public readonly record struct TierOffer(string Name, ITier? Tier, string Reason)
{
    /// <summary>A tier that is not part of this build.</summary>
    /// <param name="name">The tier's name.</param>
    public static TierOffer NotBuilt(string name) => new(name, null, "it is not part of this build");
}

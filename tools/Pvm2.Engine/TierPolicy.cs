using Pvm2.Runtime.Governing;

namespace Pvm2.Engine;

/// <summary>By what rule guests get their tier.</summary>
public sealed record TierPolicy
{
    private TierPolicy()
    {
    }

    /// <summary>
    /// The way that measurements have shown to be the fastest on this kind of machine. The default.
    /// </summary>
    public static TierPolicy Automatic { get; } = new();

    /// <summary>The one tier that everything runs on; null under the other policies.</summary>
    public string? FixedTier { get; private init; }

    /// <summary>
    /// The gas after which the next stage is compiled; null under the other policies.
    /// </summary>
    public ulong? HotGas { get; private init; }

    /// <summary>Everything runs on one tier, which must be there.</summary>
    /// <param name="name">One of <see cref="HostTiers.Names"/>.</param>
    public static TierPolicy Fixed(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return new TierPolicy { FixedTier = name };
    }

    /// <summary>
    /// Everything starts in the interpreter, and what is hot goes on in the best tier of the machine: for hosts with
    /// programs of which most are loaded and hardly run.
    /// </summary>
    /// <param name="hotGas">
    /// The gas that a module uses before it is compiled; instructions, where nothing is metered. On machines without the
    /// native tier it counts for the module and for each part of it.
    /// </param>
    public static TierPolicy Thresholds(ulong hotGas = GovernorStage.DefaultHotGas) => new() { HotGas = hotGas };
}

using Pvm2.Runtime.Execution;

namespace Pvm2.Runtime.Governing;

/// <summary>A tier that a governor may run modules on, and when it does.</summary>
/// <param name="Tier">The tier.</param>
public sealed record GovernorStage(ITier Tier)
{
    /// <summary>The default of <see cref="HotGas"/>: a fraction of a millisecond of interpretation.</summary>
    public const ulong DefaultHotGas = 1 << 17;

    /// <summary>
    /// How much gas the runs of a module use in a lower stage before it is compiled for this one; instructions, where
    /// nothing is metered. Unused for the lowest stage.
    /// </summary>
    public ulong HotGas { get; init; } = DefaultHotGas;

    /// <summary>
    /// Modules with at most so many bytes of code are compiled for this stage before their first run, and skip the
    /// lower ones; negative for none. Unused for the lowest stage.
    /// </summary>
    public int MostEagerCode { get; init; } = -1;
}

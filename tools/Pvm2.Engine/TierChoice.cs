using Pvm2.Runtime.Governing;

namespace Pvm2.Engine;

/// <summary>What a policy comes to on this machine.</summary>
/// <param name="Policy">The policy.</param>
/// <param name="Options">The stages that were chosen; to be changed by <c>with</c> where other options are wanted.</param>
/// <param name="Missing">The tiers that would have been better, and why they cannot be had.</param>
public sealed record TierChoice(TierPolicy Policy, GovernorOptions Options, IReadOnlyList<TierOffer> Missing)
{
    /// <summary>Makes a governor of it.</summary>
    /// <returns>The tier to give to instances; the caller disposes of it.</returns>
    public Governor CreateGovernor() => new(Options);

    /// <summary>Names the stages, and tells why there are not more.</summary>
    public override string ToString()
    {
        var stages = string.Join(", then ", Options.Stages.Select(stage => stage.Tier.Name));
        return Missing.Count == 0
            ? stages
            : $"{stages}; {string.Join("; ", Missing.Select(offer => $"not {offer.Name}: {offer.Reason}"))}";
    }
}

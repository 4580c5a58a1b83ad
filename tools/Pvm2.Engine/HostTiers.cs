using System.Runtime.CompilerServices;
using Pvm2.IlJit;
using Pvm2.IlJit.Tiering;
using Pvm2.Native;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Governing;
using Pvm2.Runtime.Interpreter;

namespace Pvm2.Engine;

/// <summary>
/// The tiers of this machine and process, and how they work together best: the one place that knows them all.
/// </summary>
/// <remarks>
/// <para>What <see cref="TierPolicy.Automatic"/> does was found by measurement (docs/tiers.md). Where there is the native
/// tier everything is compiled for it before it runs: the interpreter takes longer, up to three times, to get a program
/// ready than the native tier takes to compile it, at every size. The interpreter is there for what finds no room in
/// the code arena or no window.</para>
/// <para>IL never stands between the two: to compile for it takes as long per instruction as 500 native compilations.
/// Elsewhere it is the tier of choice. It starts in the interpreter by itself, and compiles single loops and functions
/// where a governor would have whole modules compiled.</para>
/// </remarks>
public static class HostTiers
{
    /// <summary>The reference tier's name.</summary>
    public const string InterpreterName = "interpreter";

    /// <summary>The portable tier's name.</summary>
    public const string IlName = "il";

    /// <summary>The name of the tier of machine code.</summary>
    public const string NativeName = "native";

    /// <summary>The names of all tiers, whether they can be had or not, the slowest code first.</summary>
    public static IReadOnlyList<string> Names { get; } = [InterpreterName, IlName, NativeName];

    /// <summary>Makes a tier, if it can run here.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <exception cref="ArgumentException">There is no such tier.</exception>
    public static TierOffer Offer(string name) => name switch
    {
        InterpreterName => new TierOffer(name, InterpreterTier.Instance, string.Empty),
        IlName => OfferIl(GovernorStage.DefaultHotGas),
        NativeName => OfferNative(),
        _ => throw new ArgumentException($"There is no tier '{name}'.", nameof(name)),
    };

    /// <summary>Works out what a policy comes to.</summary>
    /// <param name="policy">The policy; <see cref="TierPolicy.Automatic"/> if omitted.</param>
    /// <param name="without">
    /// Names of tiers to do without, as on a machine that has not got them: for tests and measurements.
    /// </param>
    /// <exception cref="PlatformNotSupportedException">The policy is a fixed tier, and that cannot be had.</exception>
    /// <exception cref="ArgumentException">The policy is a fixed tier, and there is none of this name.</exception>
    public static TierChoice Choose(TierPolicy? policy = null, params ReadOnlySpan<string> without)
    {
        policy ??= TierPolicy.Automatic;
        if (policy.FixedTier is { } name)
        {
            var offer = without.Contains(name) ? NotWanted(name) : Offer(name);
            return Choice(policy, [], offer.Tier ?? throw new PlatformNotSupportedException(
                $"The {name} tier is not available: {offer.Reason}"));
        }

        var native = without.Contains(NativeName) ? NotWanted(NativeName) : OfferNative();
        if (native.Tier is { } compiler)
        {
            var stage = new GovernorStage(compiler)
            {
                HotGas = policy.HotGas ?? GovernorStage.DefaultHotGas,
                MostEagerCode = policy.HotGas is null ? int.MaxValue : -1,
            };
            return Choice(policy, [], InterpreterTier.Instance, stage);
        }

        var hotGas = policy.HotGas ?? GovernorStage.DefaultHotGas;
        var portable = without.Contains(IlName) ? NotWanted(IlName) : OfferIl(hotGas);
        return portable.Tier is { } il
            ? Choice(policy, [native], il)
            : Choice(policy, [native, portable], InterpreterTier.Instance);
    }

    /// <summary>Makes a governor by a policy.</summary>
    /// <param name="policy">The policy; <see cref="TierPolicy.Automatic"/> if omitted.</param>
    /// <inheritdoc cref="Choose" path="/exception"/>
    /// <returns>The tier to give to instances; the caller disposes of it.</returns>
    public static Governor CreateGovernor(TierPolicy? policy = null) => Choose(policy).CreateGovernor();

    private static TierChoice Choice(TierPolicy policy, TierOffer[] missing, ITier lowest, params GovernorStage[] higher) =>
        new(policy, new GovernorOptions { Stages = [new GovernorStage(lowest), .. higher] }, missing);

    private static TierOffer NotWanted(string name) => new(name, null, "it was left out");

    private static TierOffer OfferNative() => NativeTier.Support is { IsSupported: false, Reason: var reason }
        ? new TierOffer(NativeName, null, reason)
        : new TierOffer(NativeName, new NativeTier(), string.Empty);

    private static TierOffer OfferIl(ulong hotGas) => RuntimeFeature.IsDynamicCodeSupported && nint.Size == sizeof(long)
        ? new TierOffer(IlName, new IlTier(new IlTierOptions { HotGas = hotGas }), string.Empty)
        : TierOffer.NotBuilt(IlName);
}

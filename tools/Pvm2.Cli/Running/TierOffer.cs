using System.Runtime.CompilerServices;
using Pvm2.IlJit;
using Pvm2.Native;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Interpreter;

namespace Pvm2.Cli.Running;

/// <summary>A tier, or why there is none.</summary>
/// <param name="Tier">The tier; null where it cannot be had.</param>
/// <param name="Reason">Why it cannot; empty where it can.</param>
internal readonly record struct TierOffer(ITier? Tier, string Reason)
{
    /// <summary>The reference tier, which runs everywhere.</summary>
    public static TierOffer Interpreter() => new(InterpreterTier.Instance, string.Empty);

    /// <summary>The tier of machine code, which needs a processor and a system that it knows.</summary>
    public static TierOffer Native() => NativeTier.Support is { IsSupported: false, Reason: var reason }
        ? new TierOffer(null, reason)
        : new TierOffer(new NativeTier(), string.Empty);

    /// <summary>The tier that .NET's own compiler makes code for, which a command made by NativeAOT does not have.</summary>
    public static TierOffer Il() => RuntimeFeature.IsDynamicCodeSupported
        ? new TierOffer(new IlTier(), string.Empty)
        : NotBuilt();

    /// <summary>A tier that is not part of this build.</summary>
    public static TierOffer NotBuilt() => new(null, "it is not part of this build");
}

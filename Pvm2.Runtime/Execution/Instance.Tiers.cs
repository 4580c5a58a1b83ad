using System.Runtime.CompilerServices;

namespace Pvm2.Runtime.Execution;

/// <content>Which tier runs the guest.</content>
public sealed partial class Instance
{
    /// <summary>
    /// The tier that the next block would run in. It is the one of <see cref="InstanceOptions.Tier"/>, but for tiers that
    /// choose between others while the guest runs: then it is the one that they have chosen at present.
    /// </summary>
    public unsafe ITier CurrentTier =>
        // The array is pinned and belongs to this instance.
        _code.FindTier((ExecutionState*)Unsafe.AsPointer(ref State)) ?? _options.Tier;
}

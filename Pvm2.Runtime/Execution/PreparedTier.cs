using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Memory;

namespace Pvm2.Runtime.Execution;

/// <summary>What a tier has made of a module under one gas model, when it is first asked for.</summary>
internal sealed class PreparedTier
{
    private readonly Lazy<TierCode> _code;

    internal PreparedTier(Module module, ITier tier, GasModel model, MemorySource memory)
    {
        Tier = tier;
        Model = model;
        Memory = memory;
        _code = new Lazy<TierCode>(() => tier.Prepare(module, model));
    }

    /// <summary>Which tier.</summary>
    internal ITier Tier { get; }

    /// <summary>Which gas model.</summary>
    internal GasModel Model { get; }

    /// <summary>The code; made by the first thread that asks, while others wait for it.</summary>
    internal TierCode Code => _code.Value;

    /// <summary>Where instances get their memory, the same for all models of a tier.</summary>
    internal MemorySource Memory { get; }
}

using System.Diagnostics;
using Pvm2.Runtime.Diagnostics;
using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Memory;

namespace Pvm2.Runtime.Execution;

/// <summary>What a tier has made of a module under one gas model, when it is first asked for.</summary>
internal sealed class PreparedTier
{
    private readonly Lock _lock = new();
    private readonly Module _module;
    private TierCode? _code;
    private TimeSpan _preparationTime;

    internal PreparedTier(Module module, ITier tier, GasModel model, MemorySource memory)
    {
        _module = module;
        Tier = tier;
        Model = model;
        Memory = memory;
    }

    /// <summary>Which tier.</summary>
    internal ITier Tier { get; }

    /// <summary>Which gas model.</summary>
    internal GasModel Model { get; }

    /// <summary>
    /// The code; made by the first thread that asks, while others wait for it. Where that fails, such as for want of
    /// memory, the next one that asks tries again.
    /// </summary>
    internal TierCode Code => Volatile.Read(ref _code) ?? Make();

    /// <summary>Where instances get their memory, the same for all models of a tier.</summary>
    internal MemorySource Memory { get; }

    /// <summary>What the tier has made until now.</summary>
    internal CodeStatistics GetStatistics() => Volatile.Read(ref _code) is { } code
        ? code.GetStatistics() with { PreparationTime = _preparationTime }
        : default;

    private TierCode Make()
    {
        lock (_lock)
        {
            if (_code is null)
            {
                var started = Stopwatch.GetTimestamp();
                var code = Tier.Prepare(_module, Model);
                _preparationTime = Stopwatch.GetElapsedTime(started);
                Volatile.Write(ref _code, code);
            }

            return _code;
        }
    }
}

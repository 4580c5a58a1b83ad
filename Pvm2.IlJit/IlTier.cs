using Pvm2.IlJit.Dynamic;
using Pvm2.IlJit.Tiering;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;

namespace Pvm2.IlJit;

/// <summary>
/// The tier that turns basic blocks into IL and lets RyuJIT compile it: for hosts where no native code generator of
/// ours exists. Safe for use by many threads.
/// </summary>
public sealed class IlTier : ITier
{
    /// <summary>What the tier is called.</summary>
    internal const string TierName = "il";

    /// <summary>Longer than between two regions that become hot, and not so long that idle threads pile up.</summary>
    private static readonly TimeSpan IdleTime = TimeSpan.FromMilliseconds(200);

    private readonly IlTierOptions _options;
    private readonly CompilationQueue _queue;

    /// <summary>Makes the tier.</summary>
    /// <param name="options">How it compiles; the defaults if omitted.</param>
    public IlTier(IlTierOptions? options = null)
        : this(options ?? new IlTierOptions(), new CompilationQueue(DynamicRegion.Compile, IdleTime))
    {
    }

    /// <summary>Makes the tier with a queue of its own, so that tests can tell when what is compiled, and what fails.</summary>
    internal IlTier(IlTierOptions options, CompilationQueue queue)
    {
        _options = options;
        _queue = queue;
    }

    /// <inheritdoc/>
    public string Name => TierName;

    /// <summary>What was compiled in the background until now; all zero where modules are compiled before they run.</summary>
    public CompilationStatistics Statistics => _queue.Statistics;

    /// <inheritdoc/>
    public TierCode Prepare(Module module, GasModel model)
    {
        ArgumentNullException.ThrowIfNull(module);
        return _options.Mode == CompilationMode.Eager
            ? EagerCode.Compile(module, model)
            : new TieredCode(module, model, _queue, _options.HotGas, this);
    }
}

using Pvm2.IlJit.Dynamic;
using Pvm2.IlJit.Lowering;
using Pvm2.IlJit.Regions;
using Pvm2.IlJit.Tiering;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Memory;
using Xunit;

namespace Pvm2.IlJit.Tests.Tiering;

/// <summary>The tier in background mode, with its insides in view.</summary>
internal sealed class ObservedTier : ITier
{
    private readonly IlTier _tier;

    /// <summary>Makes the tier.</summary>
    /// <param name="hotGas">Gas after which a region is hot.</param>
    /// <param name="compile">Compiles a region; the usual way if omitted.</param>
    internal ObservedTier(ulong hotGas = 1000, Func<LoweringInput, Region, DynamicRegion>? compile = null)
    {
        Queue = new CompilationQueue(compile ?? DynamicRegion.Compile, TimeSpan.FromMilliseconds(50));
        _tier = new IlTier(new IlTierOptions { HotGas = hotGas }, Queue);
    }

    /// <inheritdoc/>
    public string Name => _tier.Name;

    /// <summary>What waits to be compiled.</summary>
    internal CompilationQueue Queue { get; }

    /// <summary>What was compiled.</summary>
    internal CompilationStatistics Statistics => _tier.Statistics;

    /// <summary>The code of the module that was prepared last.</summary>
    internal TieredCode? LastCode { get; private set; }

    /// <inheritdoc/>
    public TierCode Prepare(Module module, GasModel model)
    {
        LastCode = (TieredCode)_tier.Prepare(module, model);
        return LastCode;
    }

    /// <inheritdoc/>
    public MemorySource CreateMemorySource(MemoryLayout layout) => ((ITier)_tier).CreateMemorySource(layout);

    /// <summary>Forgets the code that was prepared last.</summary>
    internal void Forget() => LastCode = null;

    /// <summary>Waits until nothing waits to be compiled any more.</summary>
    internal void WaitUntilIdle() => WaitFor(() => Statistics.Pending == 0);

    /// <summary>Waits for something that comes to be on another thread.</summary>
    internal static void WaitFor(Func<bool> condition) =>
        Assert.True(SpinWait.SpinUntil(condition, TimeSpan.FromMinutes(2)), "It did not come to be.");
}

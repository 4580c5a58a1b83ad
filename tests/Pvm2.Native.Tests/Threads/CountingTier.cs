using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Memory;

namespace Pvm2.Native.Tests.Threads;

/// <summary>A tier that counts how often it was asked to compile.</summary>
/// <param name="inner">What does the work.</param>
internal sealed class CountingTier(ITier inner) : ITier
{
    private int _compilations;

    public string Name => inner.Name;

    public int Compilations => Volatile.Read(ref _compilations);

    public TierCode Prepare(Module module, GasModel model)
    {
        Interlocked.Increment(ref _compilations);
        return inner.Prepare(module, model);
    }

    public MemorySource CreateMemorySource(MemoryLayout layout) => inner.CreateMemorySource(layout);
}

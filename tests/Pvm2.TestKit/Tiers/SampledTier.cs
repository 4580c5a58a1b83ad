using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Memory;

namespace Pvm2.TestKit.Tiers;

/// <summary>
/// A tier for which a module takes so long that not all of thousands can have it: it gets the first ones, and after
/// that one of many. A test that makes few modules, or a tier for each, tests it with all of them.
/// </summary>
/// <param name="sampled">The tier.</param>
/// <param name="other">Runs the other modules.</param>
/// <param name="first">How many modules the tier gets at first.</param>
/// <param name="stride">Of how many modules the tier gets one after that.</param>
public sealed class SampledTier(ITier sampled, ITier other, int first, int stride) : ITier
{
    /// <summary>Bytes of code that take a minute and more to compile; one more such module shows nothing new.</summary>
    private const int MostCode = 768 * 1024;

    private int _modules;

    /// <inheritdoc/>
    public string Name => sampled.Name;

    /// <summary>The tier itself, for those who choose the modules that it gets.</summary>
    public ITier Sampled => sampled;

    /// <summary>Of how many modules the tier gets one.</summary>
    public int Stride => stride;

    /// <inheritdoc/>
    public TierCode Prepare(Module module, GasModel model)
    {
        if (module.Program.Code.Length > MostCode)
        {
            return other.Prepare(module, model);
        }

        var number = Interlocked.Increment(ref _modules);
        return (number <= first || number % stride == 0 ? sampled : other).Prepare(module, model);
    }

    /// <inheritdoc/>
    public MemorySource CreateMemorySource(MemoryLayout layout) => sampled.CreateMemorySource(layout);
}

using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Memory;

namespace Pvm2.TestKit.Tiers;

/// <summary>
/// A tier for one module, whose code is made once a gas model, whoever asks for it: instances of the module, or another
/// tier that goes on in this one's code.
/// </summary>
/// <param name="shared">The tier.</param>
public sealed class SharedTier(ITier shared) : ITier
{
    private readonly TierCode?[] _codes = new TierCode?[(int)GasModel.None + 1];
    private Module? _module;

    /// <inheritdoc/>
    public string Name => shared.Name;

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">It was made ready for another module before.</exception>
    public TierCode Prepare(Module module, GasModel model)
    {
        _module ??= module;
        return module == _module
            ? _codes[(int)model] ??= shared.Prepare(module, model)
            : throw new InvalidOperationException("A shared tier is for one module.");
    }

    /// <inheritdoc/>
    public MemorySource CreateMemorySource(MemoryLayout layout) => shared.CreateMemorySource(layout);
}

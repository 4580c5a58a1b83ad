using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;
using Pvm2.TestKit.Tiers;

namespace Pvm2.Runtime.Tests.Portable;

/// <summary>A tier of portable code that a test makes.</summary>
/// <param name="name">How reports call it.</param>
/// <param name="make">Makes the code of a module.</param>
internal sealed class PortableTestTier(string name, Func<Module, GasModel, TierCode> make) : ITier
{
    /// <inheritdoc/>
    public string Name => name;

    /// <summary>The entry by which comparisons know it.</summary>
    internal TierEntry Entry => new(name, () => this, IsSupported: true);

    /// <inheritdoc/>
    public TierCode Prepare(Module module, GasModel model) => make(module, model);
}

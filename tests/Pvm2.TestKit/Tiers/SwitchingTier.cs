using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Interpreter;
using Pvm2.Runtime.Memory;
using Pvm2.TestKit.Generation;

namespace Pvm2.TestKit.Tiers;

/// <summary>
/// Runs a module in the code of all tiers by turns: each time it is entered, and whenever a slice of gas is used up, a
/// random one goes on. The slices are none at all, what the next block costs or one gas less, or any amount.
/// </summary>
/// <remarks>Its code is for one thread, and what it chooses depends on what it chose before.</remarks>
/// <param name="tiers">The tiers; the first one must run on any memory.</param>
/// <param name="seed">Where the choices come from.</param>
public sealed class SwitchingTier(IReadOnlyList<ITier> tiers, ulong seed) : ITier
{
    /// <inheritdoc/>
    public string Name => "switching";

    /// <summary>How often the run went on in code of a tier, in all modules.</summary>
    public long Switches { get; internal set; }

    /// <inheritdoc/>
    public TierCode Prepare(Module module, GasModel model)
    {
        ArgumentNullException.ThrowIfNull(module);
        var codes = tiers.Select(tier => tier.Prepare(module, model)).ToArray();
        return model == GasModel.None
            ? new UnmeteredSwitchingCode(this, module, codes, tiers[0].Prepare(module, GasModel.Flat), new Prng(seed))
            : new SwitchingCode(this, module, codes, model, new Prng(seed));
    }

    /// <summary>Memory of the tier that needs a kind of its own, if there is one; all others run on that too.</summary>
    public MemorySource CreateMemorySource(MemoryLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        ITier reference = InterpreterTier.Instance;
        var plain = reference.CreateMemorySource(layout);
        return tiers.Select(tier => tier.CreateMemorySource(layout)).FirstOrDefault(source => source.GetType() != plain.GetType(), plain);
    }
}

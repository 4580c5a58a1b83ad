using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;
using Pvm2.TestKit.Generation;

namespace Pvm2.TestKit.Tiers;

/// <summary>Metered code of a <see cref="SwitchingTier"/>.</summary>
/// <param name="tier">The tier, which counts the switches.</param>
/// <param name="module">The module.</param>
/// <param name="codes">Its code in all tiers.</param>
/// <param name="model">The gas model of that code.</param>
/// <param name="random">Where the choices come from.</param>
internal sealed unsafe class SwitchingCode(
    SwitchingTier tier, Module module, TierCode[] codes, GasModel model, Prng random) : TierCode
{
    // A long run that is cut at each of its blocks would take too long.
    private const int MaxSlices = 3000;
    private const int MaxSliceBits = 18;

    private readonly BlockCosts _costs = module.Price(model);

    /// <inheritdoc/>
    public override void Run(ExecutionState* state)
    {
        var isCut = true;
        for (var slices = 0; isCut; slices++)
        {
            var gas = state->Gas;
            var slice = slices < MaxSlices ? Math.Min(gas, NextSlice(state)) : gas;
            state->Gas = slice;
            random.Pick<TierCode>(codes).Run(state);
            state->Gas += gas - slice;
            tier.Switches++;

            // Otherwise the gas that there really is was too little, or something else happened.
            isCut = state->Reason == ExitReason.OutOfGas && slice < gas;
        }
    }

    private ulong NextSlice(ExecutionState* state)
    {
        var block = module.Blocks.IndexOf(state->ProgramCounter - module.Program.CodeBase);
        var price = block < 0 ? 0 : _costs[block];
        return random.Below(12) switch
        {
            0 => 0,
            1 => price - Math.Min(price, 1),
            2 or 3 => price,
            4 => price + 1,
            5 => ulong.MaxValue,
            _ => random.Next() & ((1UL << random.Below(MaxSliceBits)) - 1),
        };
    }
}

using Pvm2.Runtime.Execution;
using Pvm2.TestKit.Generation;

namespace Pvm2.TestKit.Tiers;

/// <summary>
/// Code of a <see cref="SwitchingTier"/> without metering. There is no gas to cut it by, so it goes on in slices of one
/// tier's metered code between code that is asked to stop: at the next head of a loop, or indirect jump, that it meets.
/// </summary>
/// <param name="tier">The tier, which counts the switches.</param>
/// <param name="module">The module.</param>
/// <param name="codes">Its code in all tiers.</param>
/// <param name="slicer">Code that charges by the flat model.</param>
/// <param name="random">Where the choices come from.</param>
internal sealed unsafe class UnmeteredSwitchingCode(
    SwitchingTier tier, Module module, TierCode[] codes, TierCode slicer, Prng random) : TierCode
{
    private const int MaxSlices = 3000;
    private const int MaxSliceBits = 14;

    private readonly SwitchingCode _slicer = new(tier, module, [slicer], Runtime.Gas.GasModel.Flat, random);

    /// <inheritdoc/>
    public override void Run(ExecutionState* state)
    {
        var goesOn = true;
        for (var slices = 0; goesOn; slices++)
        {
            goesOn = slices < MaxSlices && random.Chance(1, 3) ? RunSlice(state) : RunCode(state, slices < MaxSlices && random.Chance(2, 3));
        }
    }

    /// <returns>Whether the run goes on.</returns>
    private bool RunSlice(ExecutionState* state)
    {
        var gas = state->Gas;
        state->Gas = random.Next() & ((1UL << random.Below(MaxSliceBits)) - 1);
        _slicer.Run(state);
        state->Gas = gas;
        return state->Reason == ExitReason.OutOfGas;
    }

    /// <returns>Whether the run goes on.</returns>
    private bool RunCode(ExecutionState* state, bool isAskedToStop)
    {
        var bit = isAskedToStop ? ExecutionState.StopForTier : 0;
        Interlocked.Or(ref state->StopRequested, bit);
        random.Pick<TierCode>(codes).Run(state);
        Interlocked.And(ref state->StopRequested, ~bit);
        tier.Switches++;

        // The host may want it to stop too; then it stands at the start of a block all the same.
        return isAskedToStop && state->Reason == ExitReason.Cancelled && Volatile.Read(ref state->StopRequested) == 0;
    }
}

using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Memory;

namespace Pvm2.TestKit.Tiers;

/// <summary>
/// Runs one module a block at a time, in a tier's metered code, and notes which blocks it enters. Each block gets the
/// gas that it costs and not one more.
/// </summary>
/// <param name="tier">The tier.</param>
public sealed class BlockCountingTier(ITier tier) : ITier
{
    private bool[] _entered = [];

    /// <inheritdoc/>
    public string Name => "block by block";

    /// <summary>How many blocks were executed, each as often as it was.</summary>
    public long Executions { get; private set; }

    /// <summary>Which blocks were entered and could be paid for, by their numbers; empty before the first run.</summary>
    public IReadOnlyList<bool> Entered => _entered;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">Nothing is metered, so no block can be told from the next.</exception>
    public TierCode Prepare(Module module, GasModel model)
    {
        ArgumentNullException.ThrowIfNull(module);
        if (model == GasModel.None)
        {
            throw new ArgumentException("Blocks are told from each other by their gas.", nameof(model));
        }

        _entered = new bool[module.Blocks.Count];
        return new Code(this, module, tier.Prepare(module, model), module.Price(model));
    }

    /// <inheritdoc/>
    public MemorySource CreateMemorySource(MemoryLayout layout) => tier.CreateMemorySource(layout);

    private sealed unsafe class Code(BlockCountingTier owner, Module module, TierCode code, BlockCosts costs) : TierCode
    {
        public override void Run(ExecutionState* state)
        {
            do
            {
                RunBlock(state);
            }
            while (state->Reason == ExitReason.OutOfGas && IsPayable(state, out _, out _));
        }

        private void RunBlock(ExecutionState* state)
        {
            if (!IsPayable(state, out var block, out var price))
            {
                state->Reason = ExitReason.OutOfGas;
                return;
            }

            if (block >= 0)
            {
                owner._entered[block] = true;
                owner.Executions++;
            }

            var gas = state->Gas;
            state->Gas = price;
            code.Run(state);
            state->Gas += gas - price;
        }

        /// <summary>The end of the code is no block and costs nothing.</summary>
        private bool IsPayable(ExecutionState* state, out int block, out ulong price)
        {
            block = module.Blocks.IndexOf(state->ProgramCounter - module.Program.CodeBase);
            price = block < 0 ? 0 : costs[block];
            return state->Gas >= price;
        }
    }
}

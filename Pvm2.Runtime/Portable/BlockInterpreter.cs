using Pvm2.Runtime.Diagnostics;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Interpreter;

namespace Pvm2.Runtime.Portable;

/// <summary>
/// Lets the interpreter execute a piece of a run: the rest of a block, a block, or so much gas. It stops at the start of
/// a block because it is given only the gas for that piece: every block costs something, so the next one is too dear.
/// Where nothing is metered, it is the interpreter's code of the flat model that runs.
/// </summary>
/// <param name="module">The module.</param>
/// <param name="model">The gas model that the run is charged by.</param>
internal sealed unsafe class BlockInterpreter(Module module, GasModel model)
{
    private readonly bool _isMetered = model != GasModel.None;
    private InterpreterCode? _code;
    private BlockCosts? _costs;

    private GasModel Model => _isMetered ? model : GasModel.Flat;

    // Both are made on first need, and the module makes them once, so it does no harm if several threads ask.
    private InterpreterCode Code => _code ??= (InterpreterCode)module.Prepare(InterpreterTier.Instance, Model).Code;

    private BlockCosts Costs => _costs ??= module.Price(Model);

    /// <summary>Makes the interpreter's code now rather than on first need.</summary>
    internal void Prepare() => _ = Code;

    /// <summary>Tells what the interpreter has made.</summary>
    internal CodeStatistics GetStatistics() => Code.GetStatistics();

    /// <summary>Executes from an instruction, whose block has been paid for, to the end of the block.</summary>
    /// <param name="state">The run.</param>
    /// <param name="programCounter">Where the instruction starts, as the guest counts.</param>
    /// <returns>
    /// Whether the run goes on, at the block start that is now the program counter; if not, the state says why.
    /// </returns>
    internal bool FinishBlock(ExecutionState* state, uint programCounter)
    {
        var code = Code;
        var gas = state->Gas;
        state->Gas = 0;
        code.Resume(state, programCounter);
        state->Gas = gas;
        return state->Reason == ExitReason.OutOfGas;
    }

    /// <summary>Executes the block at the program counter, if there is the gas for it.</summary>
    /// <inheritdoc cref="FinishBlock" path="/returns"/>
    internal bool RunBlock(ExecutionState* state)
    {
        var cost = _isMetered ? PriceAt(state) : 0;
        if (state->Gas < cost)
        {
            state->Reason = ExitReason.OutOfGas;
            return false;
        }

        state->Gas -= cost;
        return FinishBlock(state, state->ProgramCounter);
    }

    /// <summary>Executes blocks, at least one, until they have used up an amount of gas.</summary>
    /// <param name="state">The run.</param>
    /// <param name="amount">Gas; in the flat model where nothing is metered.</param>
    /// <param name="used">What the blocks cost.</param>
    /// <inheritdoc cref="FinishBlock" path="/returns"/>
    internal bool RunSlice(ExecutionState* state, ulong amount, out ulong used)
    {
        var code = Code;
        var gas = state->Gas;
        var slice = Math.Max(amount, PriceAt(state));
        slice = _isMetered ? Math.Min(slice, gas) : slice;
        state->Gas = slice;
        code.Run(state);
        used = slice - state->Gas;
        state->Gas = _isMetered ? gas - used : gas;
        return state->Reason == ExitReason.OutOfGas && !(_isMetered && slice == gas);
    }

    /// <summary>What the block at the program counter costs; the end of the code costs nothing.</summary>
    private ulong PriceAt(ExecutionState* state)
    {
        var block = module.Blocks.IndexOf(state->ProgramCounter - module.Program.CodeBase);
        return block < 0 ? 0 : Costs[block];
    }
}

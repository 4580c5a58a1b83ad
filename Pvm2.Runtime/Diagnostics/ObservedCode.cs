using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Portable;

namespace Pvm2.Runtime.Diagnostics;

/// <summary>A module that is interpreted block by block, and an observer that is told of each.</summary>
internal sealed unsafe class ObservedCode : TierCode
{
    private readonly Module _module;
    private readonly IBlockObserver _observer;
    private readonly BlockInterpreter _interpreter;
    private readonly BlockCosts _costs;
    private readonly bool _isMetered;

    /// <summary>Makes the module ready.</summary>
    internal ObservedCode(Module module, GasModel model, IBlockObserver observer)
    {
        _module = module;
        _observer = observer;
        _isMetered = model != GasModel.None;
        _interpreter = new BlockInterpreter(module, model);
        _interpreter.Prepare();
        _costs = module.Price(_isMetered ? model : GasModel.Flat);
    }

    /// <inheritdoc/>
    public override void Run(ExecutionState* state)
    {
        do
        {
            if ((Volatile.Read(ref state->StopRequested) & ExecutionState.StopForHost) != 0)
            {
                state->Reason = ExitReason.Cancelled;
                return;
            }

            // The end of the code is no block; the interpreter panics there.
            var block = _module.Blocks.IndexOf(state->ProgramCounter - _module.Program.CodeBase);
            if (block >= 0 && !TryTell(state, block))
            {
                return;
            }
        }
        while (_interpreter.RunSlice(state, amount: 0, out _));
    }

    /// <inheritdoc/>
    public override CodeStatistics GetStatistics() => _interpreter.GetStatistics();

    private bool TryTell(ExecutionState* state, int block)
    {
        var cost = _costs[block];
        if (_isMetered && state->Gas < cost)
        {
            state->Reason = ExitReason.OutOfGas;
            return false;
        }

        // The caller of Run keeps the state in place until that returns.
        var registers = new ReadOnlySpan<ulong>(state->Registers, RegisterNames.Count);
        _observer.BlockEntered(new BlockEntry(block, state->ProgramCounter, cost, registers));
        return true;
    }
}

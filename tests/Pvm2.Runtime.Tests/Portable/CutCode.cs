using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Interpreter;
using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Portable;
using Xunit;

namespace Pvm2.Runtime.Tests.Portable;

/// <summary>
/// Code whose every block is "compiled" up to one of its instructions: another program executes what comes before
/// that, and the rest is left to the interpreter.
/// </summary>
internal sealed unsafe class CutCode : PortableCode
{
    [ThreadStatic]
    private static CutCode? _current;

    private readonly CutBlocks _cuts;
    private readonly TierCode _beginnings;

    internal CutCode(Module module, GasModel model, int number)
        : base(module, model)
    {
        _cuts = CutBlocks.Make(module, number);
        _beginnings = InterpreterTier.Instance.Prepare(_cuts.Module, GasModel.Flat);
        Install(0, (nint)(delegate*<ExecutionState*, int, long>)&Execute, [.. Enumerable.Range(0, module.Blocks.Count)]);
    }

    /// <inheritdoc/>
    public override void Run(ExecutionState* state)
    {
        _current = this;
        base.Run(state);
    }

    private static long Execute(ExecutionState* state, int entry) =>
        entry < 0 ? BlockSlot.NotCompiled(entry) : _current!.Begin(state, entry).Bits;

    private RegionExit Begin(ExecutionState* state, int block)
    {
        var start = Module.Program.CodeBase + Module.Blocks.Starts[block];
        var cost = Module.Price(Model)[block];
        if (state->Gas < cost)
        {
            return new RegionExit(RegionExitKind.OutOfGas, start);
        }

        state->Gas -= cost;
        var cut = Module.Program.CodeBase + _cuts.CutOf(block);
        if (cut == start)
        {
            return new RegionExit(RegionExitKind.Resume, start);
        }

        var gas = state->Gas;
        state->Gas = ulong.MaxValue;
        state->ProgramCounter = Module.Program.CodeBase + _cuts.StartOf(block);
        _beginnings.Run(state);
        state->Gas = gas;

        // At the cut; or at a page fault or a trap before it, which the interpreter is to find once more.
        var executed = state->ProgramCounter - Module.Program.CodeBase - _cuts.StartOf(block);
        Assert.True(state->Reason switch
        {
            ExitReason.Panic => start + executed == cut || FamilyAt(start + executed) == InstructionFamily.Trap,
            ExitReason.PageFault => start + executed < cut,
            _ => false,
        });
        return new RegionExit(RegionExitKind.Resume, start + executed);
    }

    private InstructionFamily FamilyAt(uint programCounter)
    {
        var program = Module.Program;
        return Decoder.Decode(program.Code.Span, (int)(programCounter - program.CodeBase), program.Profile).Family;
    }
}

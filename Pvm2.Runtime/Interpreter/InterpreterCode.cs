using System.Runtime.CompilerServices;
using Pvm2.Runtime.Diagnostics;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Programs;

namespace Pvm2.Runtime.Interpreter;

/// <summary>A program predecoded for the interpreter under one gas model, shared by all instances.</summary>
/// <remarks>
/// The arrays are allocated pinned and belong to this object, so pointers into them are valid as long as it is
/// reachable. Slots are as they were made but for their handlers, which execution replaces by better ones
/// (<see cref="InterpreterContext.Link"/>). A slot takes 22 bytes, a block 4, a jump table entry 8, and in xjar a
/// halfword of code 4 more; a halfword becomes at most two slots, so that all takes at most 26 bytes a byte of code.
/// </remarks>
internal sealed unsafe class InterpreterCode : TierCode
{
    private readonly Module _module;
    private readonly BasicBlockMap _blocks;
    private readonly PredecodedProgram _program;
    private readonly HandlerRegistry _registry;
    private readonly InterpreterContext[] _context = GC.AllocateArray<InterpreterContext>(1, pinned: true);

    /// <summary>Takes over what the predecoder made.</summary>
    internal InterpreterCode(Module module, PredecodedProgram program, HandlerRegistry registry)
    {
        _module = module;
        _blocks = module.Blocks;
        _program = program;
        _registry = registry;
        ref var context = ref _context[0];
        context.Operations = (Operation*)Unsafe.AsPointer(ref program.Operations[0]);
        context.HandlerNumbers = (ushort*)Unsafe.AsPointer(ref program.HandlerNumbers[0]);
        context.Handlers = registry.Entries;
        context.CodeBase = program.CodeBase;
        context.CodeLength = program.CodeLength;
        if (program.BlockAtHalfword.Length != 0)
        {
            context.BlockAtHalfword = (int*)Unsafe.AsPointer(ref program.BlockAtHalfword[0]);
        }
    }

    /// <inheritdoc/>
    public override void Run(ExecutionState* state) => Execute(Find(state->ProgramCounter), state);

    /// <inheritdoc/>
    public override CodeStatistics GetStatistics() =>
        CodeStatistics.OfAll(_module, CodeForm.Operations, _program.Size);

    /// <summary>
    /// Executes from any instruction on until an exit, without taking the gas of the block that the instruction is
    /// in; see <see cref="TierCode.Run"/>.
    /// </summary>
    /// <param name="state">The run.</param>
    /// <param name="programCounter">Where an instruction starts, as the guest counts.</param>
    internal void Resume(ExecutionState* state, uint programCounter) => Execute(FindInside(programCounter), state);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Execute(Operation* operation, ExecutionState* state)
    {
        state->TierContext = (nint)Unsafe.AsPointer(ref _context[0]);
        do
        {
            state->TierContinuation = 0;
            operation->Handler(operation, state);
            operation = (Operation*)state->TierContinuation;
        }
        while (operation != null);

        var slot = (Operation*)state->TierPosition - _context[0].Operations;
        state->ProgramCounter = _program.CodeBase + _program.Offsets[slot];
        GC.KeepAlive(this);
    }

    /// <summary>The slot that a run goes on with.</summary>
    /// <param name="programCounter">A block start or the end of the code, as the guest counts.</param>
    private Operation* Find(uint programCounter)
    {
        var offset = programCounter - _program.CodeBase;
        var block = offset == _program.CodeLength ? _blocks.Count : _blocks.IndexOf(offset);
        return _context[0].Operations + _program.BlockSlots[block];
    }

    /// <summary>
    /// The first slot of an instruction behind what a block begins with. A no-op may have none: then it is the slot
    /// that comes next, which may be that of another block's gas.
    /// </summary>
    private Operation* FindInside(uint programCounter)
    {
        var offset = programCounter - _program.CodeBase;
        var slot = LowerBound(_program.Offsets, offset);
        if (_program.Offsets[slot] == offset)
        {
            slot += EntrySlots(slot);
        }

        return _context[0].Operations + slot;
    }

    /// <summary>How many slots of a block's entry there are from a slot on.</summary>
    private int EntrySlots(int slot)
    {
        var first = _program.HandlerNumbers[slot];
        if (first == _registry.Number(OperationCode.Poll))
        {
            return 1;
        }

        if (first != _registry.Number(OperationCode.Charge))
        {
            return 0;
        }

        // The slot of a great price is followed by the number.
        return _program.HandlerNumbers[slot + 1] == _registry.Number(OperationCode.ChargeMuch) ? 3 : 1;
    }

    /// <summary>The first slot whose offset is not less than another; there is one, as the end of the code has slots.</summary>
    private static int LowerBound(uint[] offsets, uint offset)
    {
        var (low, high) = (0, offsets.Length - 1);
        while (low < high)
        {
            var middle = (int)(((uint)low + (uint)high) >> 1);
            if (offsets[middle] < offset)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}

using System.Runtime.CompilerServices;
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
    private readonly BasicBlockMap _blocks;
    private readonly PredecodedProgram _program;
    private readonly InterpreterContext[] _context = GC.AllocateArray<InterpreterContext>(1, pinned: true);

    /// <summary>Takes over what the predecoder made.</summary>
    internal InterpreterCode(BasicBlockMap blocks, PredecodedProgram program, HandlerRegistry registry)
    {
        _blocks = blocks;
        _program = program;
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
    public override void Run(ExecutionState* state)
    {
        state->TierContext = (nint)Unsafe.AsPointer(ref _context[0]);
        var operation = Find(state->ProgramCounter);
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
}

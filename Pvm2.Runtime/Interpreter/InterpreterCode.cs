using System.Runtime.CompilerServices;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Programs;

namespace Pvm2.Runtime.Interpreter;

/// <summary>A program predecoded for the interpreter under one gas model; immutable, shared by all instances.</summary>
/// <remarks>
/// The arrays are allocated pinned and belong to this object, so pointers into them are valid as long as it is
/// reachable. They take at most 44 bytes a halfword of code.
/// </remarks>
internal sealed unsafe class InterpreterCode : TierCode
{
    private readonly BasicBlockMap _blocks;
    private readonly uint _codeBase;
    private readonly uint _codeLength;
    private readonly Operation[] _operations;
    private readonly uint[] _offsets;
    private readonly int[] _blockOperations;
    private readonly int[] _tableTargets;

    /// <summary>Takes over what the predecoder made.</summary>
    /// <param name="program">The program.</param>
    /// <param name="blocks">Its blocks.</param>
    /// <param name="operations">Pinned; the last one is a panic.</param>
    /// <param name="offsets">The code offset of the instruction that each operation belongs to.</param>
    /// <param name="blockOperations">The first operation of each block, and after them that of the end of the code.</param>
    /// <param name="tableTargets">The operation that each jump table entry leads to.</param>
    internal InterpreterCode(
        GuestProgram program,
        BasicBlockMap blocks,
        Operation[] operations,
        uint[] offsets,
        int[] blockOperations,
        int[] tableTargets)
    {
        _blocks = blocks;
        _codeBase = program.CodeBase;
        _codeLength = (uint)program.Code.Length;
        _operations = operations;
        _offsets = offsets;
        _blockOperations = blockOperations;
        _tableTargets = tableTargets;
    }

    /// <inheritdoc/>
    public override void Run(ExecutionState* state) => Dispatcher.Run(this, state);

    /// <summary>The operation that a run goes on with.</summary>
    /// <param name="programCounter">A block start or the end of the code, as the guest counts.</param>
    internal Operation* Find(uint programCounter)
    {
        var offset = programCounter - _codeBase;
        var block = offset == _codeLength ? _blocks.Count : _blocks.IndexOf(offset);
        return OperationAt(_blockOperations[block]);
    }

    /// <summary>The operation that an indirect jump goes to.</summary>
    /// <param name="address">The target as the guest counts.</param>
    /// <returns>Null where no block starts.</returns>
    internal Operation* FindJumpTarget(ulong address)
    {
        var offset = address - _codeBase;
        var block = offset <= uint.MaxValue ? _blocks.IndexOf((uint)offset) : -1;
        return block >= 0 ? OperationAt(_blockOperations[block]) : null;
    }

    /// <summary>The operation that a place in a jump table leads to.</summary>
    /// <param name="entry">Place among the entries of all tables.</param>
    internal Operation* TableTarget(uint entry) => OperationAt(_tableTargets[entry]);

    /// <summary>The program counter of the instruction that an operation belongs to, as the guest counts.</summary>
    internal uint ProgramCounterOf(Operation* operation) => _codeBase + _offsets[operation - OperationAt(0)];

    /// <summary>The array is pinned, so the pointer stays valid while this object is reachable.</summary>
    private Operation* OperationAt(int index) => (Operation*)Unsafe.AsPointer(ref _operations[index]);
}

using System.Runtime.InteropServices;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Memory;
using Pvm2.Runtime.Programs;

namespace Pvm2.Runtime.Interpreter;

/// <summary>
/// Turns the code of a program into operations, in one pass over the instructions and one over the jumps: operands
/// become offsets, targets distances, no-ops vanish, and what panics becomes a panic.
/// </summary>
internal sealed class Predecoder
{
    private readonly GuestProgram _program;
    private readonly BasicBlockMap _blocks;
    private readonly MemoryLayout _memory;
    private readonly BlockCosts _costs;
    private readonly List<Operation> _operations = [];
    private readonly List<uint> _offsets = [];
    private readonly List<Jump> _jumps = [];
    private readonly int[] _blockOperations;
    private readonly bool[] _polls;

    private Predecoder(GuestProgram program, BasicBlockMap blocks, MemoryLayout memory, BlockCosts costs)
    {
        _program = program;
        _blocks = blocks;
        _memory = memory;
        _costs = costs;
        _blockOperations = new int[blocks.Count + 1];
        _polls = new bool[blocks.Count];
    }

    /// <summary>Predecodes a program.</summary>
    /// <param name="program">A program that has been validated.</param>
    /// <param name="blocks">Its blocks.</param>
    /// <param name="memory">Its memory layout.</param>
    /// <param name="costs">The prices of its blocks.</param>
    internal static InterpreterCode Predecode(
        GuestProgram program, BasicBlockMap blocks, MemoryLayout memory, BlockCosts costs)
    {
        var predecoder = new Predecoder(program, blocks, memory, costs);
        if (costs.Model == GasModel.None)
        {
            predecoder.FindPolls();
        }

        predecoder.AddBlocks();
        predecoder.ResolveJumps();
        return predecoder.Finish();
    }

    /// <summary>The offset of a register in the state; results for x0 go where no one reads them.</summary>
    private static byte Place(byte register, bool isDestination = false) => isDestination && register == 0
        ? (byte)ExecutionState.DiscardOffset
        : (byte)(ExecutionState.RegistersOffset + (register * sizeof(ulong)));

    /// <summary>
    /// Marks the blocks that jumps go back to, for any loop has one, or an indirect jump; and those behind host calls,
    /// for a run goes on there and must find an operation of theirs, though all their instructions may be no-ops.
    /// </summary>
    private void FindPolls()
    {
        var code = _program.Code.Span;
        for (var offset = 0; offset < code.Length;)
        {
            var instruction = Decoder.Decode(code, offset, _program.Profile);
            var target = instruction.Operation.Family is InstructionFamily.Branch or InstructionFamily.Jump
                && instruction.Immediate <= 0
                    ? _blocks.IndexOf((uint)(offset + instruction.Immediate))
                    : -1;
            if (target >= 0)
            {
                _polls[target] = true;
            }

            offset += instruction.Length;
            if (instruction.Operation.Family == InstructionFamily.HostCall && offset < code.Length)
            {
                _polls[_blocks.IndexOf((uint)offset)] = true;
            }
        }

        foreach (var entry in _program.JumpTables.Entries.Span)
        {
            _polls[_blocks.IndexOf(entry)] = true;
        }

        // In xjar any block can be the target of a jalr, which looks at the flag itself.
    }

    private void AddBlocks()
    {
        var code = _program.Code.Span;
        var offset = 0;
        for (var block = 0; block < _blocks.Count; block++)
        {
            _blockOperations[block] = _operations.Count;
            AddBlockEntry(block);
            for (var end = block + 1 < _blocks.Count ? (int)_blocks.Starts[block + 1] : code.Length; offset < end;)
            {
                var instruction = Decoder.Decode(code, offset, _program.Profile);
                AddInstruction(instruction, (uint)offset);
                offset += instruction.Length;
            }
        }

        _blockOperations[^1] = _operations.Count;
        Add(new Operation { Code = OperationCode.Panic }, (uint)code.Length);
    }

    private void AddBlockEntry(int block)
    {
        if (_costs.Model != GasModel.None)
        {
            Add(new Operation { Code = OperationCode.Charge, Wide = _costs[block] }, _blocks.Starts[block]);
        }
        else if (_polls[block])
        {
            Add(new Operation { Code = OperationCode.Poll }, _blocks.Starts[block]);
        }
    }

    private void AddInstruction(in Instruction instruction, uint offset)
    {
        switch (instruction.Operation.Family)
        {
            case InstructionFamily.Load:
                Add(Common(instruction) with { Immediate = instruction.Immediate - (int)_memory.MainReadable.Start }, offset);
                break;
            case InstructionFamily.Store:
                Add(Common(instruction) with { Immediate = instruction.Immediate - (int)_memory.MainWritable.Start }, offset);
                break;
            case InstructionFamily.Arithmetic or InstructionFamily.MultiplyDivide when instruction.Rd != 0:
                AddArithmetic(instruction, offset);
                break;
            case InstructionFamily.Branch or InstructionFamily.Jump:
                AddJump(instruction, offset);
                break;
            case InstructionFamily.IndirectJump:
                AddIndirectJump(instruction, offset);
                break;
            case InstructionFamily.HostCall:
                Add(Common(instruction), offset);
                break;
            case InstructionFamily.Illegal or InstructionFamily.Trap:
                Add(new Operation { Code = OperationCode.Panic }, offset);
                break;
            default:
                // A no-op, or a result that x0 swallows.
                break;
        }
    }

    private void AddArithmetic(in Instruction instruction, uint offset)
    {
        var operation = Common(instruction);
        if (instruction.Opcode is Opcode.Lui or Opcode.Auipc)
        {
            var from = instruction.Opcode == Opcode.Auipc ? _program.CodeBase + offset : 0;
            operation.Code = OperationCode.LoadConstant;
            operation.Wide = from + (ulong)instruction.Immediate;
        }

        Add(operation, offset);
    }

    private void AddJump(in Instruction instruction, uint offset)
    {
        var target = _blocks.IndexOf((uint)(offset + instruction.Immediate));
        var isJump = instruction.Operation.Family == InstructionFamily.Jump;
        if (target < 0 && isJump)
        {
            // A jump that fails has not written its destination.
            Add(new Operation { Code = OperationCode.Panic }, offset);
            return;
        }

        _jumps.Add(new Jump(_operations.Count, target));
        var operation = Common(instruction);
        if (isJump)
        {
            operation.Code = instruction.Rd == 0 ? OperationCode.Jump : OperationCode.Jal;
            operation.Second = LinkValue(instruction, offset);
        }

        Add(operation, offset);
    }

    private void AddIndirectJump(in Instruction instruction, uint offset)
    {
        var operation = Common(instruction);
        if (instruction.Opcode == Opcode.BrTable)
        {
            var boundaries = _program.JumpTables.Boundaries.Span;
            var first = boundaries[instruction.Immediate];
            operation.Immediate = (int)first;
            operation.Second = boundaries[instruction.Immediate + 1] - first;
        }
        else
        {
            operation.Second = LinkValue(instruction, offset);
        }

        Add(operation, offset);
    }

    /// <summary>
    /// Turns targets into distances. A branch to no block start, which xjar allows, goes to a panic of its own that
    /// has the branch's program counter.
    /// </summary>
    private void ResolveJumps()
    {
        foreach (var (source, targetBlock) in _jumps)
        {
            var target = _operations.Count;
            if (targetBlock >= 0)
            {
                target = _blockOperations[targetBlock];
            }
            else
            {
                Add(new Operation { Code = OperationCode.Panic }, _offsets[source]);
            }

            CollectionsMarshal.AsSpan(_operations)[source].Immediate = target - source;
        }
    }

    private InterpreterCode Finish()
    {
        var operations = GC.AllocateUninitializedArray<Operation>(_operations.Count, pinned: true);
        _operations.CopyTo(operations);
        var entries = _program.JumpTables.Entries.Span;
        var tableTargets = new int[entries.Length];
        for (var i = 0; i < entries.Length; i++)
        {
            tableTargets[i] = _blockOperations[_blocks.IndexOf(entries[i])];
        }

        return new InterpreterCode(_program, _blocks, operations, [.. _offsets], _blockOperations, tableTargets);
    }

    private static Operation Common(in Instruction instruction) => new()
    {
        Code = (OperationCode)instruction.Opcode,
        Rd = Place(instruction.Rd, isDestination: true),
        Rs1 = Place(instruction.Rs1),
        Rs2 = Place(instruction.Rs2),
        Immediate = instruction.Immediate,
    };

    private uint LinkValue(in Instruction instruction, uint offset) => _program.CodeBase + offset + instruction.Length;

    private void Add(in Operation operation, uint offset)
    {
        _operations.Add(operation);
        _offsets.Add(offset);
    }

    /// <summary>A branch or jump, and the block it goes to; −1 where no block starts.</summary>
    private readonly record struct Jump(int Source, int TargetBlock);
}

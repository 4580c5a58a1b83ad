using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Isa;

namespace Pvm2.Runtime.Interpreter;

/// <content>What becomes of each family of instructions.</content>
internal sealed unsafe partial class Predecoder
{
    /// <summary>The offset of a register in the state; results for x0 go where no one reads them.</summary>
    private static byte Place(byte register, bool isDestination = false) => isDestination && register == 0
        ? (byte)ExecutionState.DiscardOffset
        : (byte)(ExecutionState.RegistersOffset + (register * sizeof(ulong)));

    private static Operation Resolve(in Instruction instruction) => new()
    {
        Rd = Place(instruction.Rd, isDestination: true),
        Rs1 = Place(instruction.Rs1),
        Rs2 = Place(instruction.Rs2),
        Immediate = instruction.Immediate,
    };

    private void AddInstruction(in Instruction instruction, uint offset)
    {
        GiveStackBack(offset);
        var operation = Resolve(instruction);
        switch (instruction.Operation.Family)
        {
            case InstructionFamily.Load:
                operation.Immediate -= (int)_memory.MainReadable.Start;
                Add((OperationCode)instruction.Opcode, operation, offset);
                break;
            case InstructionFamily.Store:
                operation.Immediate -= (int)_memory.MainWritable.Start;
                Add((OperationCode)instruction.Opcode, operation, offset);
                break;
            case InstructionFamily.Arithmetic or InstructionFamily.MultiplyDivide when instruction.Rd != 0:
                AddArithmetic(instruction, operation, offset);
                break;
            case InstructionFamily.Branch:
                AddBranch(instruction, operation, offset);
                break;
            case InstructionFamily.Jump:
                AddJump(instruction, operation, offset);
                break;
            case InstructionFamily.IndirectJump:
                AddIndirectJump(instruction, operation, offset);
                break;
            case InstructionFamily.HostCall:
                Add((OperationCode)instruction.Opcode, operation, offset);
                break;
            case InstructionFamily.Illegal or InstructionFamily.Trap:
                Add(OperationCode.Panic, operation, offset);
                break;
            default:
                // A no-op, or a result that x0 swallows.
                break;
        }
    }

    private void AddArithmetic(in Instruction instruction, Operation operation, uint offset)
    {
        switch (instruction)
        {
            case { Opcode: Opcode.Lui } or { Opcode: Opcode.Addi, Rs1: 0 }:
                Add(OperationCode.LoadConstant, operation, offset);
                break;
            case { Opcode: Opcode.Auipc }:
                AddAddress(operation, offset);
                break;
            case { Opcode: Opcode.Addi, Immediate: 0 } or { Opcode: Opcode.Add, Rs2: 0 }:
                Add(OperationCode.Move, operation, offset);
                break;
            case { Opcode: Opcode.Add, Rs1: 0 }:
                operation.Rs1 = operation.Rs2;
                Add(OperationCode.Move, operation, offset);
                break;
            default:
                Add((OperationCode)instruction.Opcode, operation, offset);
                break;
        }
    }

    /// <summary><c>auipc</c>: a constant, in two steps where it does not fit 32 bits.</summary>
    private void AddAddress(Operation operation, uint offset)
    {
        var programCounter = (int)(_program.CodeBase + offset);
        var sum = (long)operation.Immediate + programCounter;
        if (sum == (int)sum)
        {
            operation.Immediate = (int)sum;
            Add(OperationCode.LoadConstant, operation, offset);
            return;
        }

        Add(OperationCode.LoadConstant, operation, offset);
        operation.Rs1 = operation.Rd;
        operation.Immediate = programCounter;
        Add(OperationCode.Addi, operation, offset);
    }

    private void AddBranch(in Instruction instruction, in Operation operation, uint offset)
    {
        var target = TargetOf(instruction, offset);
        if (target < 0)
        {
            Add(OperationCode.BeqOrPanic + (instruction.Opcode - Opcode.Beq), operation, offset);
            return;
        }

        _jumps.Add(new Jump(_operations.Count, target));
        Add((OperationCode)instruction.Opcode, operation, offset);
    }

    /// <summary><c>jal</c>: the link is a constant. A jump that fails has not written it.</summary>
    private void AddJump(in Instruction instruction, Operation operation, uint offset)
    {
        var target = TargetOf(instruction, offset);
        if (target < 0)
        {
            Add(OperationCode.Panic, operation, offset);
            return;
        }

        if (instruction.Rd != 0)
        {
            operation.Immediate = (int)LinkOf(instruction, offset);
            Add(OperationCode.LoadConstant, operation, offset);
        }

        _jumps.Add(new Jump(_operations.Count, target));
        Add(OperationCode.Jal, operation, offset);
    }

    private void AddIndirectJump(in Instruction instruction, Operation operation, uint offset)
    {
        var operands = default(Operation);
        if (instruction.Opcode == Opcode.BrTable)
        {
            var boundaries = _program.JumpTables.Boundaries.Span;
            var first = boundaries[instruction.Immediate];
            operation.Immediate = (int)(boundaries[instruction.Immediate + 1] - first);
            operands.Number = first;
            _tableJumps.Add(_operations.Count);
        }
        else
        {
            operands.Number = LinkOf(instruction, offset);
        }

        Add((OperationCode)instruction.Opcode, operation, offset);
        Add(OperationCode.Operands, operands, offset);
    }

    /// <summary>The block that a branch or jump goes to; −1 where no block starts.</summary>
    private int TargetOf(in Instruction instruction, uint offset) => _blocks.IndexOf((uint)(offset + instruction.Immediate));

    /// <summary>The program counter of the next instruction, at most 2^31: the code is an array.</summary>
    private uint LinkOf(in Instruction instruction, uint offset) => _program.CodeBase + offset + instruction.Length;

    private void GiveStackBack(uint offset)
    {
        if (!TailCalls.KeepStack && ++_slotsSinceReturn == StackSlots)
        {
            _slotsSinceReturn = 0;
            Add(OperationCode.Return, default, offset);
        }
    }
}

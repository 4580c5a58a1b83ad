using System.Runtime.CompilerServices;
using Pvm2.Native.X64;
using Pvm2.Runtime.Isa;

namespace Pvm2.Native.Lowering;

/// <summary>
/// Turns guest instructions into machine code, one at a time or a few that follow each other and make one idiom of
/// the machine's. It keeps nothing between them: wherever a run can be read off, every guest register is in its place.
/// </summary>
/// <remarks>
/// A run can be read off at block starts, at loads and stores, and at what ends it. Instructions that are lowered
/// together are all none of these, so nobody sees that their results come in another order.
/// An instruction whose result goes to x0 and that can do nothing else emits nothing. Results for x3 and x4 are made
/// in rax and stored to the frame. Lowerings that need a register where an operand is in the frame load it into rdx,
/// unless they say otherwise.
/// </remarks>
internal sealed partial class InstructionLowering
{
    private readonly Assembler _code;
    private readonly CpuFeatures _features;

    internal InstructionLowering(Assembler code, CpuFeatures features)
    {
        _code = code;
        _features = features;
    }

    /// <summary>Whether an instruction neither jumps nor calls the host, nor ends the run or its block.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool IsStraight(Opcode opcode) => (uint)(opcode - 1) < (uint)(Opcode.Beq - 1);

    /// <summary>Emits the first of some instructions, and what it is an idiom with.</summary>
    /// <param name="rest">Instructions that follow each other in the code; the first is straight.</param>
    /// <param name="address">The guest address of the first one, for <c>auipc</c>.</param>
    /// <returns>How many of them were emitted; those of an idiom are in one block.</returns>
    internal int Lower(ReadOnlySpan<Instruction> rest, uint address)
    {
        var i = rest[0];
        if (i.Opcode < Opcode.Lui)
        {
            LowerMemory(i);
            return 1;
        }

        return i.Rd == 0 ? 1 : LowerArithmetic(rest, address);
    }

    private int LowerArithmetic(ReadOnlySpan<Instruction> rest, uint address)
    {
        var i = rest[0];
        switch (i.Opcode)
        {
            case Opcode.Lui:
                return LowerConstant(rest);
            case Opcode.Auipc:
                Constant(i.Rd, address + (long)i.Immediate);
                return 1;
            case Opcode.Addi:
                return LowerAddImmediate(rest);
            case Opcode.Slti:
                CompareImmediate(i, Condition.Less);
                return 1;
            case Opcode.Sltiu:
                CompareImmediate(i, Condition.Below);
                return 1;
            case Opcode.Xori:
                LogicImmediate(AluOperation.Xor, i);
                return 1;
            case Opcode.Ori:
                LogicImmediate(AluOperation.Or, i);
                return 1;
            case Opcode.Andi:
                LogicImmediate(AluOperation.And, i);
                return 1;
            case Opcode.Slli:
                ShiftImmediate(ShiftOperation.Left, i);
                return 1;
            case Opcode.Srli:
                ShiftImmediate(ShiftOperation.RightLogical, i);
                return 1;
            case Opcode.Srai:
                ShiftImmediate(ShiftOperation.RightArithmetic, i);
                return 1;
            case Opcode.Addiw:
                AddImmediateWord(i);
                return 1;
            case Opcode.Slliw:
                ShiftImmediateWord(ShiftOperation.Left, i);
                return 1;
            case Opcode.Srliw:
                ShiftImmediateWord(ShiftOperation.RightLogical, i);
                return 1;
            case Opcode.Sraiw:
                ShiftImmediateWord(ShiftOperation.RightArithmetic, i);
                return 1;
            case Opcode.Add:
                return LowerAdd(rest);
            case Opcode.Sub:
                Subtract(i);
                return 1;
            case Opcode.Sll:
                ShiftRegister(ShiftOperation.Left, wide: true, i);
                return 1;
            case Opcode.Slt:
                CompareRegisters(i);
                return 1;
            case Opcode.Sltu:
                return LowerCompareBelow(rest);
            case Opcode.Xor:
                Commutative(AluOperation.Xor, i);
                return 1;
            case Opcode.Srl:
                ShiftRegister(ShiftOperation.RightLogical, wide: true, i);
                return 1;
            case Opcode.Sra:
                ShiftRegister(ShiftOperation.RightArithmetic, wide: true, i);
                return 1;
            case Opcode.Or:
                Commutative(AluOperation.Or, i);
                return 1;
            case Opcode.And:
                Commutative(AluOperation.And, i);
                return 1;
            case Opcode.Addw:
                AddWord(i);
                return 1;
            case Opcode.Subw:
                SubtractWord(i);
                return 1;
            case Opcode.Sllw:
                ShiftRegister(ShiftOperation.Left, wide: false, i);
                return 1;
            case Opcode.Srlw:
                ShiftRegister(ShiftOperation.RightLogical, wide: false, i);
                return 1;
            case Opcode.Sraw:
                ShiftRegister(ShiftOperation.RightArithmetic, wide: false, i);
                return 1;
            case Opcode.Mul:
            case Opcode.Mulhu:
                return LowerMultiply(rest);
            case Opcode.Mulh:
            case Opcode.Mulhsu:
            case Opcode.Div:
            case Opcode.Divu:
            case Opcode.Rem:
            case Opcode.Remu:
            case Opcode.Mulw:
            case Opcode.Divw:
            case Opcode.Divuw:
            case Opcode.Remw:
            case Opcode.Remuw:
                LowerMultiplyDivide(i);
                return 1;
            default:
                LowerBitManipulation(i);
                return 1;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Operand Source(int guest) => RegisterMap.Operand(guest);

    /// <summary>Where a result is made: the guest register's own, or rax for one that lives in the frame.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Register Destination(int guest) => RegisterMap.HotOr(guest, RegisterMap.Scratch);

    /// <summary>Stores a result that was made in rax to the frame; nothing where the guest register is hot.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Finish(int guest, Register made)
    {
        if (!RegisterMap.IsHot(guest))
        {
            _code.MoveToSlot(RegisterMap.Operand(guest), made);
        }
    }

    /// <summary>Moves a result that was made in a scratch register to its guest register.</summary>
    private void Deliver(int guest, Register made)
    {
        if (RegisterMap.IsHot(guest))
        {
            _code.Move(RegisterMap.Hot(guest), made);
        }
        else
        {
            _code.MoveToSlot(RegisterMap.Operand(guest), made);
        }
    }

    /// <summary>A register that holds a guest register's value: its own, or the given one after a load.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Register InRegister(int guest, Register otherwise)
    {
        if (RegisterMap.IsHot(guest))
        {
            return RegisterMap.Hot(guest);
        }

        if (guest == 0)
        {
            _code.MoveImmediate(otherwise, 0);
        }
        else
        {
            _code.Move(otherwise, RegisterMap.Operand(guest));
        }

        return otherwise;
    }

    /// <summary>Copies a guest register into a machine register unless it is there already.</summary>
    private void Copy(Register destination, int guest)
    {
        if (guest == 0)
        {
            _code.MoveImmediate(destination, 0);
        }
        else if (!Source(guest).Is(destination))
        {
            _code.Move(destination, Source(guest));
        }
    }

    /// <summary>Puts a constant into a guest register.</summary>
    private void Constant(int guest, long value)
    {
        var destination = Destination(guest);
        _code.MoveImmediate(destination, value);
        Finish(guest, destination);
    }
}

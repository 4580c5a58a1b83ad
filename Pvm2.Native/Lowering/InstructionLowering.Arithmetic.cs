using System.Runtime.CompilerServices;
using Pvm2.Native.X64;
using Pvm2.Runtime.Isa;

namespace Pvm2.Native.Lowering;

/// <content>
/// The arithmetic of RV64E: additions, logic, comparisons, shifts, and their 32-bit forms. Most of a guest is this, so
/// the lowerings here avoid asking: what is needed now and then, such as a copy of the first operand, is written
/// always and kept where it is needed, because a branch that goes either way costs more than the bytes.
/// </content>
internal sealed partial class InstructionLowering
{
    private int LowerAddImmediate(ReadOnlySpan<Instruction> rest)
    {
        var i = rest[0];
        if (i.Rs1 == 0)
        {
            return LowerConstant(rest);
        }

        var source = InRegister(i.Rs1, RegisterMap.Scratch);
        var destination = Destination(i.Rd);
        if (i.Immediate == 0)
        {
            _code.Move(destination, source);
        }
        else
        {
            _code.LoadAddress(wide: true, destination, source, i.Immediate);
        }

        Finish(i.Rd, destination);
        return 1;
    }

    private void AddImmediateWord(Instruction i)
    {
        var source = InRegister(i.Rs1, RegisterMap.Scratch);
        var destination = Destination(i.Rd);
        if (i.Immediate != 0)
        {
            _code.LoadAddress(wide: false, destination, source, i.Immediate);
            source = destination;
        }

        _code.SignExtend32(destination, source);
        Finish(i.Rd, destination);
    }

    private void AddRegisters(Instruction i)
    {
        if (i.Rs1 == 0 || i.Rs2 == 0)
        {
            MoveRegister(i.Rd, i.Rs1 | i.Rs2);
            return;
        }

        var destination = Destination(i.Rd);
        _code.AddInto(wide: true, destination, InRegister(i.Rs1, RegisterMap.Scratch), InRegister(i.Rs2, RegisterMap.SecondScratch));
        Finish(i.Rd, destination);
    }

    private void MoveRegister(int rd, int rs)
    {
        var destination = Destination(rd);
        _code.Move(destination, InRegister(rs, RegisterMap.Scratch));
        Finish(rd, destination);
    }

    private void Subtract(Instruction i)
    {
        var second = InRegister(i.Rs2, RegisterMap.SecondScratch);
        var destination = Destination(i.Rd);
        if (i.Rs1 == 0)
        {
            _code.MoveUnlessSame(destination, second);
            _code.Unary(UnaryOperation.Negate, wide: true, destination);
        }
        else if (i.Rd == i.Rs2 && i.Rd != i.Rs1)
        {
            _code.Unary(UnaryOperation.Negate, wide: true, second);
            _code.AddInto(wide: true, destination, second, InRegister(i.Rs1, RegisterMap.Scratch));
        }
        else
        {
            _code.Alu(AluOperation.Sub, destination, InRegister(i.Rs1, RegisterMap.Scratch), second);
        }

        Finish(i.Rd, destination);
    }

    private void Commutative(AluOperation operation, Instruction i)
    {
        var (first, second) = CommutedOperands(i);
        var destination = Destination(i.Rd);
        _code.Alu(operation, destination, first, second);
        Finish(i.Rd, destination);
    }

    /// <summary>
    /// The operands of an instruction that has the same result in both orders, in the one in which a copy of the first
    /// to rd does not overwrite the second.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private (Register First, Register Second) CommutedOperands(Instruction i)
    {
        var isSwapped = Branchless.IsZero((uint)(i.Rd ^ i.Rs2));
        var first = (int)Branchless.Select(isSwapped, i.Rs1, i.Rs2);
        var second = (int)Branchless.Select(isSwapped, i.Rs2, i.Rs1);
        return (InRegister(first, RegisterMap.Scratch), InRegister(second, RegisterMap.SecondScratch));
    }

    private void LogicImmediate(AluOperation operation, Instruction i)
    {
        var destination = Destination(i.Rd);
        _code.MoveUnlessSame(destination, InRegister(i.Rs1, RegisterMap.Scratch));
        _code.Alu(operation, wide: true, destination, i.Immediate);
        Finish(i.Rd, destination);
    }

    private void AddWord(Instruction i)
    {
        var destination = Destination(i.Rd);
        _code.AddInto(wide: false, destination, InRegister(i.Rs1, RegisterMap.Scratch), InRegister(i.Rs2, RegisterMap.SecondScratch));
        DeliverWord(i.Rd, destination);
    }

    private void SubtractWord(Instruction i)
    {
        var second = InRegister(i.Rs2, RegisterMap.SecondScratch);
        _code.Move(RegisterMap.Scratch, InRegister(i.Rs1, RegisterMap.Scratch));
        _code.Alu(AluOperation.Sub, wide: false, RegisterMap.Scratch, second);
        DeliverWord(i.Rd, RegisterMap.Scratch);
    }

    /// <summary>Ends an operation that was made in the destination: in 32 bits, its sign is extended.</summary>
    private void FinishWidth(bool wide, int guest, Register made)
    {
        if (wide)
        {
            Finish(guest, made);
        }
        else
        {
            DeliverWord(guest, made);
        }
    }

    /// <summary>Extends the sign of a register's low half into a guest register.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void DeliverWord(int guest, Register made)
    {
        var destination = Destination(guest);
        _code.SignExtend32(destination, made);
        Finish(guest, destination);
    }

    private void CompareImmediate(Instruction i, Condition condition)
    {
        _code.Alu(AluOperation.Compare, wide: true, InRegister(i.Rs1, RegisterMap.Scratch), i.Immediate);
        DeliverCondition(i.Rd, condition);
    }

    private void CompareRegisters(Instruction i)
    {
        _code.Alu(
            AluOperation.Compare, wide: true, InRegister(i.Rs1, RegisterMap.Scratch), InRegister(i.Rs2, RegisterMap.SecondScratch));
        DeliverCondition(i.Rd, Condition.Less);
    }

    /// <summary>Makes a guest register 1 where a condition holds, else 0. The flags stay.</summary>
    private void DeliverCondition(int guest, Condition condition)
    {
        // A constant and the low byte are ready a cycle before a byte and its extension.
        var destination = Destination(guest);
        _code.MoveImmediate32(destination, 0);
        _code.Set(condition, destination);
        Finish(guest, destination);
    }

    private void ShiftImmediate(ShiftOperation operation, Instruction i)
    {
        var destination = Destination(i.Rd);
        _code.Shift(operation, wide: true, destination, InRegister(i.Rs1, RegisterMap.Scratch), i.Immediate);
        Finish(i.Rd, destination);
    }

    private void ShiftImmediateWord(ShiftOperation operation, Instruction i)
    {
        var destination = Destination(i.Rd);
        _code.Shift(operation, wide: false, destination, InRegister(i.Rs1, RegisterMap.Scratch), i.Immediate);
        DeliverWord(i.Rd, destination);
    }

    private void ShiftRegister(ShiftOperation operation, bool wide, Instruction i)
    {
        // Both masks are the guest's: six bits of the count in the 64-bit form, five in the 32-bit one.
        if (_features.Bmi2)
        {
            var destination = Destination(i.Rd);
            _code.ShiftBy(operation, wide, destination, Source(i.Rs1), InRegister(i.Rs2, RegisterMap.SecondScratch));
            FinishWidth(wide, i.Rd, destination);
        }
        else
        {
            ShiftThroughCl(operation, wide, i);
        }
    }

    /// <summary>A shift or rotation by cl, whose register holds a guest register that is put aside in rdx.</summary>
    private void ShiftThroughCl(ShiftOperation operation, bool wide, Instruction i)
    {
        Copy(RegisterMap.Scratch, i.Rs1);
        _code.Move(RegisterMap.SecondScratch, Register.Rcx);
        Copy(Register.Rcx, i.Rs2);
        _code.ShiftByCl(operation, wide, RegisterMap.Scratch);
        _code.Move(Register.Rcx, RegisterMap.SecondScratch);
        if (wide)
        {
            Deliver(i.Rd, RegisterMap.Scratch);
        }
        else
        {
            DeliverWord(i.Rd, RegisterMap.Scratch);
        }
    }
}

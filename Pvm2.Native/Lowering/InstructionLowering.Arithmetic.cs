using Pvm2.Native.X64;
using Pvm2.Runtime.Isa;

namespace Pvm2.Native.Lowering;

/// <content>The arithmetic of RV64E: additions, logic, comparisons, shifts, and their 32-bit forms.</content>
internal sealed partial class InstructionLowering
{
    private void LowerArithmetic(in Instruction i)
    {
        switch (i.Opcode)
        {
            case Opcode.Addi:
                AddImmediate(i);
                break;
            case Opcode.Slti:
                CompareImmediate(i, Condition.Less);
                break;
            case Opcode.Sltiu:
                CompareImmediate(i, Condition.Below);
                break;
            case Opcode.Xori:
                LogicImmediate(AluOperation.Xor, i);
                break;
            case Opcode.Ori:
                LogicImmediate(AluOperation.Or, i);
                break;
            case Opcode.Andi:
                LogicImmediate(AluOperation.And, i);
                break;
            case Opcode.Slli:
                ShiftImmediate(ShiftOperation.Left, i);
                break;
            case Opcode.Srli:
                ShiftImmediate(ShiftOperation.RightLogical, i);
                break;
            case Opcode.Srai:
                ShiftImmediate(ShiftOperation.RightArithmetic, i);
                break;
            case Opcode.Sub:
                Subtract(i);
                break;
            case Opcode.Sll:
                ShiftRegister(ShiftOperation.Left, wide: true, i);
                break;
            case Opcode.Slt:
                CompareRegisters(i, Condition.Less);
                break;
            case Opcode.Xor:
                Commutative(AluOperation.Xor, i);
                break;
            case Opcode.Srl:
                ShiftRegister(ShiftOperation.RightLogical, wide: true, i);
                break;
            case Opcode.Sra:
                ShiftRegister(ShiftOperation.RightArithmetic, wide: true, i);
                break;
            case Opcode.Or:
                Commutative(AluOperation.Or, i);
                break;
            case Opcode.And:
                Commutative(AluOperation.And, i);
                break;
            case Opcode.Addiw:
                AddImmediateWord(i);
                break;
            case Opcode.Slliw:
                ShiftImmediateWord(ShiftOperation.Left, i);
                break;
            case Opcode.Srliw:
                ShiftImmediateWord(ShiftOperation.RightLogical, i);
                break;
            case Opcode.Sraiw:
                ShiftImmediateWord(ShiftOperation.RightArithmetic, i);
                break;
            case Opcode.Addw:
                WordOperation(AluOperation.Add, i);
                break;
            case Opcode.Subw:
                WordOperation(AluOperation.Sub, i);
                break;
            case Opcode.Sllw:
                ShiftRegister(ShiftOperation.Left, wide: false, i);
                break;
            case Opcode.Srlw:
                ShiftRegister(ShiftOperation.RightLogical, wide: false, i);
                break;
            default:
                ShiftRegister(ShiftOperation.RightArithmetic, wide: false, i);
                break;
        }
    }

    private void AddImmediate(in Instruction i)
    {
        var destination = Destination(i.Rd);
        if (Source(i.Rs1).Is(destination))
        {
            if (i.Immediate != 0)
            {
                _code.Alu(AluOperation.Add, wide: true, destination, i.Immediate);
                _flagsOf = i.Rd;
            }
        }
        else if (i.Immediate == 0)
        {
            _code.Move(destination, Source(i.Rs1));
        }
        else
        {
            _code.LoadAddress(wide: true, destination, InRegister(i.Rs1, RegisterMap.SecondScratch), i.Immediate);
        }

        Finish(i.Rd, destination);
    }

    private void AddImmediateWord(in Instruction i)
    {
        var destination = Destination(i.Rd);
        if (i.Immediate == 0)
        {
            _code.SignExtend32(destination, Source(i.Rs1));
        }
        else if (Source(i.Rs1).Is(destination))
        {
            _code.Alu(AluOperation.Add, wide: false, destination, i.Immediate);
            _code.SignExtend32(destination, destination);
            _flagsOf = i.Rd;
        }
        else
        {
            _code.LoadAddress(wide: false, destination, InRegister(i.Rs1, RegisterMap.SecondScratch), i.Immediate);
            _code.SignExtend32(destination, destination);
        }

        Finish(i.Rd, destination);
    }

    private void AddRegisters(in Instruction i)
    {
        if (i.Rs1 == 0 || i.Rs2 == 0)
        {
            MoveRegister(i.Rd, i.Rs1 | i.Rs2);
        }
        else if (i.Rd != i.Rs1 && i.Rd != i.Rs2 && RegisterMap.IsHot(i.Rs1) && RegisterMap.IsHot(i.Rs2))
        {
            var destination = Destination(i.Rd);
            _code.LoadAddress(destination, RegisterMap.Hot(i.Rs1), RegisterMap.Hot(i.Rs2), scale: 0);
            Finish(i.Rd, destination);
        }
        else
        {
            Commutative(AluOperation.Add, i);
        }
    }

    private void MoveRegister(int rd, int rs)
    {
        var destination = Destination(rd);
        Copy(destination, rs);
        Finish(rd, destination);
    }

    private void Subtract(in Instruction i)
    {
        var destination = Destination(i.Rd);
        if (Source(i.Rs2).Is(destination) && i.Rs1 != i.Rs2)
        {
            _code.Unary(UnaryOperation.Negate, wide: true, destination);
            if (i.Rs1 != 0)
            {
                _code.Alu(AluOperation.Add, wide: true, destination, Source(i.Rs1));
            }
        }
        else
        {
            Copy(destination, i.Rs1);
            _code.Alu(AluOperation.Sub, wide: true, destination, Source(i.Rs2));
        }

        _flagsOf = i.Rd;
        Finish(i.Rd, destination);
    }

    private void Commutative(AluOperation operation, in Instruction i)
    {
        var destination = Destination(i.Rd);
        if (Source(i.Rs2).Is(destination))
        {
            _code.Alu(operation, wide: true, destination, Source(i.Rs1));
        }
        else
        {
            Copy(destination, i.Rs1);
            _code.Alu(operation, wide: true, destination, Source(i.Rs2));
        }

        _flagsOf = i.Rd;
        Finish(i.Rd, destination);
    }

    private void LogicImmediate(AluOperation operation, in Instruction i)
    {
        var destination = Destination(i.Rd);
        Copy(destination, i.Rs1);
        if (operation == AluOperation.Xor && i.Immediate == -1)
        {
            _code.Unary(UnaryOperation.Not, wide: true, destination);
        }
        else
        {
            _code.Alu(operation, wide: true, destination, i.Immediate);
            _flagsOf = i.Rd;
        }

        Finish(i.Rd, destination);
    }

    private void WordOperation(AluOperation operation, in Instruction i)
    {
        var destination = PlaceBeside(i.Rd, i.Rs2);
        Copy(destination, i.Rs1);

        _code.Alu(operation, wide: false, destination, Source(i.Rs2));
        _flagsOf = i.Rd;
        DeliverWord(i.Rd, destination);
    }

    /// <summary>Extends the sign of a register's low half into a guest register.</summary>
    private void DeliverWord(int guest, Register made)
    {
        var destination = Destination(guest);
        _code.SignExtend32(destination, made);
        Finish(guest, destination);
    }

    private void CompareImmediate(in Instruction i, Condition condition)
    {
        var left = InRegister(i.Rs1, RegisterMap.SecondScratch);
        if (i is { Opcode: Opcode.Sltiu, Immediate: 1 })
        {
            _code.Test(wide: true, left, left);
            condition = Condition.Equal;
        }
        else
        {
            _code.Alu(AluOperation.Compare, wide: true, left, i.Immediate);
        }

        DeliverCondition(i.Rd, condition);
    }

    private void CompareRegisters(in Instruction i, Condition condition)
    {
        _code.Alu(AluOperation.Compare, wide: true, InRegister(i.Rs1, RegisterMap.SecondScratch), Source(i.Rs2));
        DeliverCondition(i.Rd, condition);
    }

    /// <summary>Makes a guest register 1 where a condition holds, else 0. The flags stay.</summary>
    private void DeliverCondition(int guest, Condition condition)
    {
        // A constant and the low byte are ready a cycle before a byte and its extension.
        var destination = Destination(guest);
        _code.MoveImmediate(destination, 0);
        _code.Set(condition, destination);
        Finish(guest, destination);
    }

    private void ShiftImmediate(ShiftOperation operation, in Instruction i)
    {
        var destination = Destination(i.Rd);
        Copy(destination, i.Rs1);
        _code.Shift(operation, wide: true, destination, i.Immediate);
        Finish(i.Rd, destination);
    }

    private void ShiftImmediateWord(ShiftOperation operation, in Instruction i)
    {
        var destination = Destination(i.Rd);
        Copy(destination, i.Rs1);
        _code.Shift(operation, wide: false, destination, i.Immediate);
        DeliverWord(i.Rd, destination);
    }

    private void ShiftRegister(ShiftOperation operation, bool wide, in Instruction i)
    {
        // Both masks are the guest's: six bits of the count in the 64-bit form, five in the 32-bit one.
        if (_features.Bmi2)
        {
            var destination = Destination(i.Rd);
            _code.ShiftBy(operation, wide, destination, Source(i.Rs1), InRegister(i.Rs2, RegisterMap.SecondScratch));
            if (wide)
            {
                Finish(i.Rd, destination);
            }
            else
            {
                DeliverWord(i.Rd, destination);
            }
        }
        else
        {
            ShiftThroughCl(operation, wide, i);
        }
    }

    /// <summary>A shift or rotation by cl, whose register holds a guest register that is put aside in rdx.</summary>
    private void ShiftThroughCl(ShiftOperation operation, bool wide, in Instruction i)
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

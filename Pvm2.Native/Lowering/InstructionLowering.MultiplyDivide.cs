using Pvm2.Native.X64;
using Pvm2.Runtime.Isa;

namespace Pvm2.Native.Lowering;

/// <content>Multiplication and division. Nothing traps: the cases in which x86 would are taken out beforehand.</content>
internal sealed partial class InstructionLowering
{
    private void LowerMultiplyDivide(Instruction i)
    {
        switch (i.Opcode)
        {
            case Opcode.Mulw:
                MultiplyLow(wide: false, i);
                break;
            case Opcode.Mulh:
                MultiplyHigh(UnaryOperation.MultiplySigned, i);
                break;
            case Opcode.Mulhsu:
                MultiplyHighMixed(i);
                break;
            default:
                LowerDivision(i);
                break;
        }
    }

    private void MultiplyLow(bool wide, Instruction i)
    {
        var (first, second) = CommutedOperands(i);
        var destination = Destination(i.Rd);
        _code.Multiply(wide, destination, first, second);
        FinishWidth(wide, i.Rd, destination);
    }

    private void MultiplyHigh(UnaryOperation operation, Instruction i)
    {
        Copy(Register.Rax, i.Rs1);
        _code.Unary(operation, wide: true, Source(i.Rs2));
        Deliver(i.Rd, Register.Rdx);
    }

    /// <summary>The high half of signed · unsigned: that of unsigned · unsigned, less rs2 where rs1 is negative.</summary>
    private void MultiplyHighMixed(Instruction i)
    {
        Copy(Register.Rax, i.Rs1);
        _code.Unary(UnaryOperation.Multiply, wide: true, Source(i.Rs2));
        Copy(Register.Rax, i.Rs1);
        _code.Shift(ShiftOperation.RightArithmetic, wide: true, Register.Rax, 63);
        _code.Alu(AluOperation.And, wide: true, Register.Rax, Source(i.Rs2));
        _code.Alu(AluOperation.Sub, wide: true, Register.Rdx, Register.Rax);
        Deliver(i.Rd, Register.Rdx);
    }

    private void LowerDivision(Instruction i)
    {
        var wide = i.Opcode is Opcode.Div or Opcode.Divu or Opcode.Rem or Opcode.Remu;
        var signed = i.Opcode is Opcode.Div or Opcode.Rem or Opcode.Divw or Opcode.Remw;
        var remainder = i.Opcode is Opcode.Rem or Opcode.Remu or Opcode.Remw or Opcode.Remuw;
        if (i.Rs2 == 0)
        {
            DivideByZero(i, wide, remainder);
            return;
        }

        // The divisor may be in the frame; x0 is dealt with above.
        Copy(Register.Rax, i.Rs1);
        CompareOperand(wide, i.Rs2, 0);
        var byZero = _code.JumpShort(Condition.Equal);
        var byMinusOne = 0;
        if (signed)
        {
            CompareOperand(wide, i.Rs2, -1);
            byMinusOne = _code.JumpShort(Condition.Equal);
            _code.SignIntoRdx(wide);
            _code.Unary(UnaryOperation.DivideSigned, wide, Source(i.Rs2));
        }
        else
        {
            _code.Alu(AluOperation.Xor, wide: false, Register.Rdx, Register.Rdx);
            _code.Unary(UnaryOperation.Divide, wide, Source(i.Rs2));
        }

        var divided = _code.JumpShort();
        var negated = 0;
        if (signed)
        {
            // x / -1 is -x, which wraps for the smallest number as the guest wants it; the remainder is 0.
            _code.LinkShort(byMinusOne);
            _code.Unary(UnaryOperation.Negate, wide, Register.Rax);
            _code.Alu(AluOperation.Xor, wide: false, Register.Rdx, Register.Rdx);
            negated = _code.JumpShort();
        }

        // x / 0 is all ones, x % 0 is x.
        _code.LinkShort(byZero);
        _code.Move(Register.Rdx, Register.Rax);
        _code.MoveImmediate(Register.Rax, -1);
        _code.LinkShort(divided);
        if (signed)
        {
            _code.LinkShort(negated);
        }

        DeliverQuotient(i.Rd, wide, remainder ? Register.Rdx : Register.Rax);
    }

    private void DivideByZero(Instruction i, bool wide, bool remainder)
    {
        if (remainder)
        {
            Copy(Register.Rdx, i.Rs1);
        }
        else
        {
            _code.MoveImmediate(Register.Rax, -1);
        }

        DeliverQuotient(i.Rd, wide, remainder ? Register.Rdx : Register.Rax);
    }

    private void CompareOperand(bool wide, int guest, int value)
    {
        if (!RegisterMap.IsHot(guest))
        {
            _code.AluToSlot(AluOperation.Compare, wide, Source(guest), value);
        }
        else if (value == 0)
        {
            _code.Test(wide, RegisterMap.Hot(guest), RegisterMap.Hot(guest));
        }
        else
        {
            _code.Alu(AluOperation.Compare, wide, RegisterMap.Hot(guest), value);
        }
    }

    private void DeliverQuotient(int guest, bool wide, Register result)
    {
        if (!wide)
        {
            _code.SignExtend32(result, result);
        }

        Deliver(guest, result);
    }
}

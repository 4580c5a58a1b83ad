using Pvm2.Native.X64;
using Pvm2.Runtime.Isa;

namespace Pvm2.Native.Lowering;

/// <content>What jumps need besides jumping.</content>
internal sealed partial class InstructionLowering
{
    /// <summary>Compares the operands of a branch.</summary>
    /// <returns>The condition under which the branch is taken.</returns>
    internal Condition Compare(in Instruction i)
    {
        if (i.Rs2 == 0)
        {
            return CompareWithZero(i);
        }

        if (i.Rs1 == 0 && RegisterMap.IsHot(i.Rs2))
        {
            _code.Test(wide: true, RegisterMap.Hot(i.Rs2), RegisterMap.Hot(i.Rs2));
            return WhenZeroComparesWith(i.Opcode);
        }

        _code.Alu(AluOperation.Compare, wide: true, InRegister(i.Rs1, RegisterMap.SecondScratch), Source(i.Rs2));
        return i.Opcode switch
        {
            Opcode.Beq => Condition.Equal,
            Opcode.Bne => Condition.NotEqual,
            Opcode.Blt => Condition.Less,
            Opcode.Bge => Condition.GreaterOrEqual,
            Opcode.Bltu => Condition.Below,
            _ => Condition.AboveOrEqual,
        };
    }

    /// <summary>Compares rs1 with x0, unless the instruction before left the flags that way.</summary>
    private Condition CompareWithZero(in Instruction i)
    {
        if (_flagsOf != i.Rs1 || i.Opcode is Opcode.Bltu or Opcode.Bgeu)
        {
            CompareOperand(wide: true, i.Rs1, 0);
        }

        // The sign alone decides, which stands in its flag even after a sum that overflowed.
        return i.Opcode switch
        {
            Opcode.Beq => Condition.Equal,
            Opcode.Bne => Condition.NotEqual,
            Opcode.Blt => Condition.Negative,
            Opcode.Bge => Condition.NotNegative,
            Opcode.Bltu => Condition.Below,
            _ => Condition.AboveOrEqual,
        };
    }

    /// <summary>Writes a return address, which is below 2^31, without touching any scratch register.</summary>
    internal void Link(int guest, uint address)
    {
        if (RegisterMap.IsHot(guest))
        {
            _code.MoveImmediate(RegisterMap.Hot(guest), address);
        }
        else if (guest != 0)
        {
            _code.MoveImmediateToSlot(RegisterMap.Operand(guest), (int)address);
        }
    }

    /// <summary>The condition, after a test of b with itself, under which a branch that compares x0 with b is taken.</summary>
    private static Condition WhenZeroComparesWith(Opcode branch) => branch switch
    {
        Opcode.Beq or Opcode.Bgeu => Condition.Equal,
        Opcode.Bne or Opcode.Bltu => Condition.NotEqual,
        Opcode.Blt => Condition.Greater,
        _ => Condition.LessOrEqual,
    };
}

using Pvm2.Native.X64;
using Pvm2.Runtime.Isa;

namespace Pvm2.Native.Lowering;

/// <content>What jumps need besides jumping.</content>
internal sealed partial class InstructionLowering
{
    // In the order of the branches' opcodes.
    private static ReadOnlySpan<byte> BranchConditions =>
    [
        (byte)Condition.Equal, (byte)Condition.NotEqual,
        (byte)Condition.Less, (byte)Condition.GreaterOrEqual,
        (byte)Condition.Below, (byte)Condition.AboveOrEqual,
    ];

    /// <summary>Compares the operands of a branch.</summary>
    /// <returns>The condition under which the branch is taken.</returns>
    internal Condition Compare(Instruction i)
    {
        if (i.Rs2 == 0)
        {
            var tested = InRegister(i.Rs1, RegisterMap.SecondScratch);
            _code.Test(wide: true, tested, tested);
        }
        else
        {
            _code.Alu(
                AluOperation.Compare, wide: true, InRegister(i.Rs1, RegisterMap.SecondScratch), InRegister(i.Rs2, RegisterMap.Scratch));
        }

        return (Condition)BranchConditions[i.Opcode - Opcode.Beq];
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
}

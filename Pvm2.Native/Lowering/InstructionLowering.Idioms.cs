using Pvm2.Native.X64;
using Pvm2.Runtime.Isa;

namespace Pvm2.Native.Lowering;

/// <content>
/// What takes several instructions in RISC-V and fewer here: constants, products of 128 bits, and carries, which
/// RISC-V has to find by comparing and which x86-64 has as a flag.
/// </content>
internal sealed partial class InstructionLowering
{
    /// <summary>A constant, with the additions and shifts that build it up.</summary>
    /// <param name="rest">The first is <c>lui</c>, or <c>addi</c> from x0.</param>
    private int LowerConstant(ReadOnlySpan<Instruction> rest)
    {
        var register = rest[0].Rd;
        var value = (long)rest[0].Immediate;
        var count = 1;
        while (count < rest.Length && TryFold(rest[count], register, value, out var folded))
        {
            var target = rest[count].Rd;
            count++;
            if (target != register)
            {
                // The first register keeps what it had; the sum is a constant of its own.
                Constant(register, value);
                Constant(target, folded);
                return count;
            }

            value = folded;
        }

        Constant(register, value);
        return count;
    }

    /// <summary>What an instruction makes of a register whose value is known.</summary>
    private static bool TryFold(Instruction i, int register, long value, out long folded)
    {
        folded = i.Opcode switch
        {
            Opcode.Addi => value + i.Immediate,
            Opcode.Addiw => (int)(value + i.Immediate),
            Opcode.Slli => value << i.Immediate,
            _ => 0,
        };
        return i.Rs1 == register && i.Rd != 0 && i.Opcode is Opcode.Addi or Opcode.Addiw or Opcode.Slli;
    }

    /// <summary>An addition; if the next instruction asks whether it carried, the flag answers.</summary>
    private int LowerAdd(ReadOnlySpan<Instruction> rest)
    {
        var sum = rest[0];
        if (rest.Length > 1 && AsksForCarry(sum, rest[1]))
        {
            Commutative(AluOperation.Add, sum);
            return 1 + LowerCarry(rest[1..]);
        }

        AddRegisters(sum);
        return 1;
    }

    /// <summary>Whether a comparison of a sum with one of its terms, which still has its value, follows.</summary>
    private static bool AsksForCarry(Instruction sum, Instruction next) =>
        next.Opcode == Opcode.Sltu && next.Rs1 == sum.Rd && next.Rd != 0
        && sum.Rs1 != 0 && sum.Rs2 != 0
        && next.Rs2 != sum.Rd && (next.Rs2 == sum.Rs1 || next.Rs2 == sum.Rs2);

    private int LowerCompareBelow(ReadOnlySpan<Instruction> rest)
    {
        var i = rest[0];
        if (i.Rs1 == 0)
        {
            var tested = InRegister(i.Rs2, RegisterMap.SecondScratch);
            _code.Test(wide: true, tested, tested);
            DeliverCondition(i.Rd, Condition.NotEqual);
            return 1;
        }

        _code.Alu(
            AluOperation.Compare, wide: true, InRegister(i.Rs1, RegisterMap.Scratch), InRegister(i.Rs2, RegisterMap.SecondScratch));
        return LowerCarry(rest);
    }

    /// <summary>A comparison whose result is the carry flag, and the addition or subtraction of that result.</summary>
    /// <param name="rest">The first is the comparison, whose operands are done with.</param>
    private int LowerCarry(ReadOnlySpan<Instruction> rest)
    {
        var carry = rest[0].Rd;
        if (rest.Length > 1 && TakesCarry(rest[1], carry, out var other))
        {
            var next = rest[1];
            if (next.Rd != carry)
            {
                DeliverCondition(carry, Condition.Below);
            }

            var destination = Destination(next.Rd);
            Copy(destination, other);
            _code.Alu(next.Opcode == Opcode.Add ? AluOperation.AddCarry : AluOperation.SubtractBorrow, wide: true, destination, 0);
            Finish(next.Rd, destination);
            return 2;
        }

        DeliverCondition(carry, Condition.Below);
        return 1;
    }

    /// <summary>Whether an instruction adds the carry's register to another one, or subtracts it.</summary>
    private static bool TakesCarry(Instruction i, int carry, out int other)
    {
        var isSum = i.Opcode == Opcode.Add;
        other = isSum && i.Rs1 == carry ? i.Rs2 : i.Rs1;
        return (isSum || i.Opcode == Opcode.Sub) && (i.Rs2 == carry || (isSum && i.Rs1 == carry))
            && other != carry && i.Rd != 0;
    }

    /// <summary>A product; if the next instruction wants its other half, one multiplication makes both.</summary>
    private int LowerMultiply(ReadOnlySpan<Instruction> rest)
    {
        var i = rest[0];
        if (rest.Length > 1 && IsOtherHalf(i, rest[1]))
        {
            var (low, high) = i.Opcode == Opcode.Mul ? (i.Rd, rest[1].Rd) : (rest[1].Rd, i.Rd);
            MultiplyBothHalves(i, low, high);
            return 2;
        }

        if (i.Opcode == Opcode.Mul)
        {
            MultiplyLow(wide: true, i);
        }
        else
        {
            MultiplyHighUnsigned(i);
        }

        return 1;
    }

    /// <summary>Whether two instructions are the two halves of one product, in machine registers alone.</summary>
    private static bool IsOtherHalf(Instruction first, Instruction second) =>
        second.Opcode == (first.Opcode == Opcode.Mul ? Opcode.Mulhu : Opcode.Mul)
        && ((first.Rs1 == second.Rs1 && first.Rs2 == second.Rs2) || (first.Rs1 == second.Rs2 && first.Rs2 == second.Rs1))
        && first.Rd != first.Rs1 && first.Rd != first.Rs2 && first.Rd != second.Rd
        && RegisterMap.IsHot(first.Rd) && RegisterMap.IsHot(second.Rd);

    private void MultiplyBothHalves(Instruction i, int low, int high)
    {
        if (_features.Bmi2)
        {
            Copy(Register.Rdx, i.Rs1);
            _code.MultiplyWide(RegisterMap.Hot(high), RegisterMap.Hot(low), Source(i.Rs2));
            return;
        }

        Copy(Register.Rax, i.Rs1);
        _code.Unary(UnaryOperation.Multiply, wide: true, Source(i.Rs2));
        _code.Move(RegisterMap.Hot(high), Register.Rdx);
        _code.Move(RegisterMap.Hot(low), Register.Rax);
    }

    private void MultiplyHighUnsigned(Instruction i)
    {
        if (_features.Bmi2)
        {
            var destination = Destination(i.Rd);
            Copy(Register.Rdx, i.Rs1);
            _code.MultiplyWide(destination, Register.Rax, Source(i.Rs2));
            Finish(i.Rd, destination);
            return;
        }

        MultiplyHigh(UnaryOperation.Multiply, i);
    }
}

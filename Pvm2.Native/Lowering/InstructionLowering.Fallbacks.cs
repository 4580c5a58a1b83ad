using Pvm2.Native.X64;
using Pvm2.Runtime.Isa;

namespace Pvm2.Native.Lowering;

/// <content>What x86-64 has no instruction for, or only in extensions that this processor lacks.</content>
internal sealed partial class InstructionLowering
{
    private const ulong LowSevenBits = 0x7F7F_7F7F_7F7F_7F7F;

    /// <summary>orc.b: each byte becomes all ones unless it is zero.</summary>
    private void CombineBytes(Instruction i)
    {
        // Bit 7 of each byte of t says whether the byte is not zero: adding 0x7F to its low seven bits carries into
        // it unless they are zero. Then 2t - (t >> 7) is 0xFF where t is 0x80; the borrows and carries cancel.
        _code.MoveImmediate(Register.Rax, unchecked((long)LowSevenBits));
        Copy(Register.Rdx, i.Rs1);
        _code.Alu(AluOperation.And, wide: true, Register.Rdx, Register.Rax);
        _code.Alu(AluOperation.Add, wide: true, Register.Rdx, Register.Rax);
        _code.Alu(AluOperation.Or, wide: true, Register.Rdx, Source(i.Rs1));
        _code.Unary(UnaryOperation.Not, wide: true, Register.Rax);
        _code.Alu(AluOperation.And, wide: true, Register.Rdx, Register.Rax);
        _code.Move(Register.Rax, Register.Rdx);
        _code.Shift(ShiftOperation.RightLogical, wide: true, Register.Rax, 7);
        _code.Alu(AluOperation.Add, wide: true, Register.Rdx, Register.Rdx);
        _code.Alu(AluOperation.Sub, wide: true, Register.Rdx, Register.Rax);
        Deliver(i.Rd, Register.Rdx);
    }

    private void CountWithoutExtensions(Opcode kind, bool wide, Instruction i)
    {
        switch (kind)
        {
            case Opcode.Clz:
                CountLeadingZerosByScan(wide, i.Rs1);
                break;
            case Opcode.Ctz:
                CountTrailingZerosByScan(wide, i.Rs1);
                break;
            default:
                CountOnesBySums(wide, i.Rs1);
                break;
        }

        Deliver(i.Rd, Register.Rax);
    }

    /// <summary>rax = leading zeros: the width minus one, exclusive-or the highest bit's number.</summary>
    private void CountLeadingZerosByScan(bool wide, int guest)
    {
        var width = wide ? 64 : 32;
        _code.BitScanReverse(wide, Register.Rax, Source(guest));

        // A zero scans to width + width - 1, which the exclusive-or turns into the width.
        _code.MoveImmediate(Register.Rdx, width + width - 1);
        _code.ConditionalMove(Condition.Equal, Register.Rax, Register.Rdx);
        _code.Alu(AluOperation.Xor, wide: true, Register.Rax, width - 1);
    }

    private void CountTrailingZerosByScan(bool wide, int guest)
    {
        _code.BitScanForward(wide, Register.Rax, Source(guest));
        _code.MoveImmediate(Register.Rdx, wide ? 64 : 32);
        _code.ConditionalMove(Condition.Equal, Register.Rax, Register.Rdx);
    }

    /// <summary>rax = number of ones, by sums of ever wider fields; the last multiplication adds up the bytes.</summary>
    private void CountOnesBySums(bool wide, int guest)
    {
        if (wide)
        {
            Copy(Register.Rax, guest);
        }
        else
        {
            _code.Move32(Register.Rax, Source(guest));
        }

        // Pairs: x - ((x >> 1) & 0101…).
        _code.Move(Register.Rdx, Register.Rax);
        _code.Shift(ShiftOperation.RightLogical, wide: true, Register.Rdx, 1);
        MaskSecondScratch(0x5555_5555_5555_5555);
        _code.Alu(AluOperation.Sub, wide: true, Register.Rax, Register.Rdx);

        // Nibbles: (x & 0011…) + ((x >> 2) & 0011…), as x - 3 · ((x >> 2) & 0011…).
        _code.Move(Register.Rdx, Register.Rax);
        _code.Shift(ShiftOperation.RightLogical, wide: true, Register.Rdx, 2);
        MaskSecondScratch(0x3333_3333_3333_3333);
        _code.LoadAddress(wide: true, Register.Rdx, Register.Rdx, Register.Rdx, scale: 1);
        _code.Alu(AluOperation.Sub, wide: true, Register.Rax, Register.Rdx);

        // Bytes: (x + (x >> 4)) & 0x0F…, then the sum of all bytes lands in the highest one.
        _code.Move(Register.Rdx, Register.Rax);
        _code.Shift(ShiftOperation.RightLogical, wide: true, Register.Rdx, 4);
        _code.Alu(AluOperation.Add, wide: true, Register.Rdx, Register.Rax);
        MaskSecondScratch(0x0F0F_0F0F_0F0F_0F0F);
        _code.MoveImmediate(Register.Rax, 0x0101_0101_0101_0101);
        _code.Multiply(wide: true, Register.Rax, Register.Rdx);
        _code.Shift(ShiftOperation.RightLogical, wide: true, Register.Rax, 56);
    }

    /// <summary>rdx &amp;= mask with the first scratch put aside, because no instruction takes 64 bits of immediate here.</summary>
    private void MaskSecondScratch(long mask)
    {
        _code.MoveToSlot(Frame.Spare, Register.Rax);
        _code.MoveImmediate(Register.Rax, mask);
        _code.Alu(AluOperation.And, wide: true, Register.Rdx, Register.Rax);
        _code.Move(Register.Rax, Frame.Spare);
    }
}

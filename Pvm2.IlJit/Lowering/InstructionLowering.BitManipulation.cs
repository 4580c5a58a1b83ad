using System.Diagnostics;
using System.Reflection;
using System.Reflection.Emit;
using Pvm2.Runtime.Isa;

namespace Pvm2.IlJit.Lowering;

/// <content>Zba, Zbb, Zbs and Zicond.</content>
internal sealed partial class InstructionLowering
{
    private void BitManipulation(Instruction i)
    {
        if (!TryAddressArithmetic(i) && !TryLogic(i) && !TryUnary(i) && !TryRotate(i) && !TrySingleBit(i))
        {
            Conditional(i);
        }
    }

    private bool TryAddressArithmetic(Instruction i)
    {
        switch (i.Opcode)
        {
            case Opcode.AddUw:
                ShiftedAdd(0, unsignedWord: true, i);
                return true;
            case Opcode.Sh1add:
                ShiftedAdd(1, unsignedWord: false, i);
                return true;
            case Opcode.Sh2add:
                ShiftedAdd(2, unsignedWord: false, i);
                return true;
            case Opcode.Sh3add:
                ShiftedAdd(3, unsignedWord: false, i);
                return true;
            case Opcode.Sh1addUw:
                ShiftedAdd(1, unsignedWord: true, i);
                return true;
            case Opcode.Sh2addUw:
                ShiftedAdd(2, unsignedWord: true, i);
                return true;
            case Opcode.Sh3addUw:
                ShiftedAdd(3, unsignedWord: true, i);
                return true;
            case Opcode.SlliUw:
                LoadUnsignedWord(i.Rs1);
                sink.LoadInt32(i.Immediate);
                sink.Emit(OpCodes.Shl);
                return true;
            default:
                return false;
        }
    }

    private bool TryLogic(Instruction i)
    {
        switch (i.Opcode)
        {
            case Opcode.Andn:
                LoadBoth(i);
                sink.Emit(OpCodes.Not);
                sink.Emit(OpCodes.And);
                return true;
            case Opcode.Orn:
                LoadBoth(i);
                sink.Emit(OpCodes.Not);
                sink.Emit(OpCodes.Or);
                return true;
            case Opcode.Xnor:
                LoadBoth(i);
                sink.Emit(OpCodes.Xor);
                sink.Emit(OpCodes.Not);
                return true;
            case Opcode.Max:
                CallWithBoth(Helpers.Max, i);
                return true;
            case Opcode.Maxu:
                CallWithBoth(Helpers.MaxUnsigned, i);
                return true;
            case Opcode.Min:
                CallWithBoth(Helpers.Min, i);
                return true;
            case Opcode.Minu:
                CallWithBoth(Helpers.MinUnsigned, i);
                return true;
            default:
                return false;
        }
    }

    private bool TryUnary(Instruction i)
    {
        switch (i.Opcode)
        {
            case Opcode.Clz:
                Count(Helpers.LeadingZeroCount, i);
                return true;
            case Opcode.Ctz:
                Count(Helpers.TrailingZeroCount, i);
                return true;
            case Opcode.Cpop:
                Count(Helpers.PopCount, i);
                return true;
            case Opcode.Clzw:
                CountWord(Helpers.LeadingZeroCountWord, i);
                return true;
            case Opcode.Ctzw:
                CountWord(Helpers.TrailingZeroCountWord, i);
                return true;
            case Opcode.Cpopw:
                CountWord(Helpers.PopCountWord, i);
                return true;
            case Opcode.SextB:
                Convert(OpCodes.Conv_I1, OpCodes.Conv_I8, i);
                return true;
            case Opcode.SextH:
                Convert(OpCodes.Conv_I2, OpCodes.Conv_I8, i);
                return true;
            case Opcode.ZextH:
                Convert(OpCodes.Conv_U2, OpCodes.Conv_U8, i);
                return true;
            case Opcode.OrcB:
                registers.Load(i.Rs1);
                sink.Call(Helpers.CombineBytes);
                return true;
            case Opcode.Rev8:
                registers.Load(i.Rs1);
                sink.Call(Helpers.ReverseBytes);
                return true;
            default:
                return false;
        }
    }

    private bool TryRotate(Instruction i)
    {
        switch (i.Opcode)
        {
            case Opcode.Rol:
                registers.Load(i.Rs1);
                LoadWord(i.Rs2);
                sink.Call(Helpers.RotateLeft);
                return true;
            case Opcode.Ror:
                registers.Load(i.Rs1);
                LoadWord(i.Rs2);
                sink.Call(Helpers.RotateRight);
                return true;
            case Opcode.Rori:
                registers.Load(i.Rs1);
                sink.LoadInt32(i.Immediate);
                sink.Call(Helpers.RotateRight);
                return true;
            case Opcode.Rolw:
                CallWithBothWords(Helpers.RotateLeftWord, i);
                ExtendWord();
                return true;
            case Opcode.Rorw:
                CallWithBothWords(Helpers.RotateRightWord, i);
                ExtendWord();
                return true;
            case Opcode.Roriw:
                LoadWord(i.Rs1);
                sink.LoadInt32(i.Immediate);
                sink.Call(Helpers.RotateRightWord);
                ExtendWord();
                return true;
            default:
                return false;
        }
    }

    private bool TrySingleBit(Instruction i)
    {
        switch (i.Opcode)
        {
            case Opcode.Bclr or Opcode.Bclri:
                registers.Load(i.Rs1);
                Bit(i);
                sink.Emit(OpCodes.Not);
                sink.Emit(OpCodes.And);
                return true;
            case Opcode.Binv or Opcode.Binvi:
                registers.Load(i.Rs1);
                Bit(i);
                sink.Emit(OpCodes.Xor);
                return true;
            case Opcode.Bset or Opcode.Bseti:
                registers.Load(i.Rs1);
                Bit(i);
                sink.Emit(OpCodes.Or);
                return true;
            case Opcode.Bext:
                ShiftRegister(OpCodes.Shr_Un, i);
                KeepLowBit();
                return true;
            case Opcode.Bexti:
                ShiftImmediate(OpCodes.Shr_Un, i);
                KeepLowBit();
                return true;
            default:
                return false;
        }
    }

    /// <summary>czero: the first operand, masked by whether the second is zero. A branch would be hard to predict.</summary>
    private void Conditional(Instruction i)
    {
        Debug.Assert(i.Opcode is Opcode.CzeroEqz or Opcode.CzeroNez, "Every other opcode has been handled.");
        registers.Load(i.Rs2);
        sink.LoadConstant(0);
        Truth(i.Opcode == Opcode.CzeroEqz ? OpCodes.Cgt_Un : OpCodes.Ceq);
        sink.Emit(OpCodes.Neg);
        registers.Load(i.Rs1);
        sink.Emit(OpCodes.And);
    }

    private void ShiftedAdd(int shift, bool unsignedWord, Instruction i)
    {
        if (unsignedWord)
        {
            LoadUnsignedWord(i.Rs1);
        }
        else
        {
            registers.Load(i.Rs1);
        }

        if (shift != 0)
        {
            sink.LoadInt32(shift);
            sink.Emit(OpCodes.Shl);
        }

        registers.Load(i.Rs2);
        sink.Emit(OpCodes.Add);
    }

    private void LoadUnsignedWord(int register) => Convert(register, OpCodes.Conv_U4, OpCodes.Conv_U8);

    private void Convert(OpCode narrow, OpCode widen, Instruction i) => Convert(i.Rs1, narrow, widen);

    private void Convert(int register, OpCode narrow, OpCode widen)
    {
        registers.Load(register);
        sink.Emit(narrow);
        sink.Emit(widen);
    }

    private void Count(MethodInfo helper, Instruction i)
    {
        registers.Load(i.Rs1);
        sink.Call(helper);
        sink.Emit(OpCodes.Conv_U8);
    }

    private void CountWord(MethodInfo helper, Instruction i)
    {
        LoadWord(i.Rs1);
        sink.Call(helper);
        sink.Emit(OpCodes.Conv_U8);
    }

    /// <summary>Pushes a number of which one bit is set.</summary>
    private void Bit(Instruction i)
    {
        if (i.Opcode is Opcode.Bclri or Opcode.Binvi or Opcode.Bseti)
        {
            sink.LoadConstant(1L << i.Immediate);
            return;
        }

        sink.LoadConstant(1);
        ShiftAmount(i.Rs2, WideShiftMask);
        sink.Emit(OpCodes.Shl);
    }

    private void KeepLowBit()
    {
        sink.LoadConstant(1);
        sink.Emit(OpCodes.And);
    }
}

using Pvm2.Native.X64;
using Pvm2.Runtime.Isa;

namespace Pvm2.Native.Lowering;

/// <content>Zba, Zbb, Zbs and Zicond.</content>
internal sealed partial class InstructionLowering
{
    private void LowerBitManipulation(Instruction i)
    {
        switch (i.Opcode)
        {
            case Opcode.AddUw:
                ShiftAndAdd(i, scale: 0, unsignedWord: true);
                break;
            case Opcode.Sh1add or Opcode.Sh2add or Opcode.Sh3add:
                ShiftAndAdd(i, i.Opcode - Opcode.Sh1add + 1, unsignedWord: false);
                break;
            case Opcode.Sh1addUw or Opcode.Sh2addUw or Opcode.Sh3addUw:
                ShiftAndAdd(i, i.Opcode - Opcode.Sh1addUw + 1, unsignedWord: true);
                break;
            case Opcode.SlliUw:
                ShiftUnsignedWord(i);
                break;
            case Opcode.Andn or Opcode.Orn or Opcode.Xnor:
                LowerNegatedLogic(i);
                break;
            case Opcode.Max or Opcode.Maxu or Opcode.Min or Opcode.Minu:
                LowerExtremum(i);
                break;
            case Opcode.Rol or Opcode.Ror or Opcode.Rolw or Opcode.Rorw:
                RotateRegister(i);
                break;
            case Opcode.Rori or Opcode.Roriw:
                RotateImmediate(i);
                break;
            case >= Opcode.Bclr and <= Opcode.Bseti:
                LowerSingleBit(i);
                break;
            case Opcode.CzeroEqz:
                ConditionalZero(i, Condition.Equal);
                break;
            case Opcode.CzeroNez:
                ConditionalZero(i, Condition.NotEqual);
                break;
            default:
                LowerUnary(i);
                break;
        }
    }

    private void LowerUnary(Instruction i)
    {
        var destination = Destination(i.Rd);
        switch (i.Opcode)
        {
            case Opcode.SextB:
                _code.SignExtend8(destination, Source(i.Rs1));
                break;
            case Opcode.SextH:
                _code.SignExtend16(destination, Source(i.Rs1));
                break;
            case Opcode.ZextH:
                _code.ZeroExtend16(destination, Source(i.Rs1));
                break;
            case Opcode.Rev8:
                Copy(destination, i.Rs1);
                _code.ReverseBytes(destination);
                break;
            case Opcode.OrcB:
                CombineBytes(i);
                return;
            default:
                LowerCount(i);
                return;
        }

        Finish(i.Rd, destination);
    }

    private void ShiftAndAdd(Instruction i, int scale, bool unsignedWord)
    {
        var destination = Destination(i.Rd);
        var index = Register.Rax;
        if (unsignedWord)
        {
            if (scale == 0 && i.Rs2 == 0)
            {
                // zext.w
                _code.Move32(destination, Source(i.Rs1));
                Finish(i.Rd, destination);
                return;
            }

            _code.Move32(index, Source(i.Rs1));
        }
        else
        {
            index = InRegister(i.Rs1, index);
        }

        _code.LoadAddress(wide: true, destination, InRegister(i.Rs2, RegisterMap.SecondScratch), index, scale);
        Finish(i.Rd, destination);
    }

    private void ShiftUnsignedWord(Instruction i)
    {
        var destination = Destination(i.Rd);
        _code.Move32(destination, Source(i.Rs1));
        if (i.Immediate != 0)
        {
            _code.Shift(ShiftOperation.Left, wide: true, destination, i.Immediate);
        }

        Finish(i.Rd, destination);
    }

    private void LowerNegatedLogic(Instruction i)
    {
        if (i.Opcode == Opcode.Andn && _features.Bmi1)
        {
            var destination = Destination(i.Rd);
            _code.AndNot(destination, InRegister(i.Rs2, RegisterMap.SecondScratch), Source(i.Rs1));
            Finish(i.Rd, destination);
            return;
        }

        Copy(RegisterMap.Scratch, i.Rs2);
        if (i.Opcode == Opcode.Xnor)
        {
            _code.Alu(AluOperation.Xor, wide: true, RegisterMap.Scratch, Source(i.Rs1));
            _code.Unary(UnaryOperation.Not, wide: true, RegisterMap.Scratch);
        }
        else
        {
            _code.Unary(UnaryOperation.Not, wide: true, RegisterMap.Scratch);
            var operation = i.Opcode == Opcode.Andn ? AluOperation.And : AluOperation.Or;
            _code.Alu(operation, wide: true, RegisterMap.Scratch, Source(i.Rs1));
        }

        Deliver(i.Rd, RegisterMap.Scratch);
    }

    private void LowerExtremum(Instruction i)
    {
        // After comparing rs1 with rs2: the condition under which rs2 is the result.
        var takeSecond = i.Opcode switch
        {
            Opcode.Max => Condition.Less,
            Opcode.Maxu => Condition.Below,
            Opcode.Min => Condition.Greater,
            _ => Condition.Above,
        };
        var made = PlaceBeside(i.Rd, i.Rs2);
        Copy(made, i.Rs1);
        _code.Alu(AluOperation.Compare, wide: true, made, Source(i.Rs2));
        _code.ConditionalMove(takeSecond, made, Source(i.Rs2));
        DeliverFrom(made, i.Rd);
    }

    /// <summary>Where a result can be made while a source is still needed: rd's own register, or rax.</summary>
    private static Register PlaceBeside(int rd, int needed) =>
        rd == needed ? RegisterMap.Scratch : Destination(rd);

    /// <summary>Brings a result from where <see cref="PlaceBeside"/> said to its guest register.</summary>
    private void DeliverFrom(Register made, int rd)
    {
        if (made == RegisterMap.Scratch)
        {
            Deliver(rd, made);
        }
    }

    private void RotateImmediate(Instruction i)
    {
        var wide = i.Opcode == Opcode.Rori;
        var destination = Destination(i.Rd);
        if (_features.Bmi2)
        {
            _code.RotateRight(wide, destination, Source(i.Rs1), i.Immediate);
        }
        else
        {
            Copy(destination, i.Rs1);
            _code.Shift(ShiftOperation.RotateRight, wide, destination, i.Immediate);
        }

        FinishWidth(wide, i.Rd, destination);
    }

    private void RotateRegister(Instruction i)
    {
        var wide = i.Opcode is Opcode.Rol or Opcode.Ror;
        var left = i.Opcode is Opcode.Rol or Opcode.Rolw;
        ShiftThroughCl(left ? ShiftOperation.RotateLeft : ShiftOperation.RotateRight, wide, i);
    }

    private void LowerSingleBit(Instruction i)
    {
        var operation = i.Opcode switch
        {
            Opcode.Bclr or Opcode.Bclri => BitOperation.Reset,
            Opcode.Bset or Opcode.Bseti => BitOperation.Set,
            Opcode.Binv or Opcode.Binvi => BitOperation.Complement,
            _ => BitOperation.Test,
        };
        var constant = i.Opcode is Opcode.Bclri or Opcode.Bexti or Opcode.Binvi or Opcode.Bseti;
        if (operation == BitOperation.Test)
        {
            // bt changes nothing but the carry flag.
            var tested = InRegister(i.Rs1, RegisterMap.Scratch);
            Bit(operation, tested, constant, i);
            DeliverCondition(i.Rd, Condition.Below);
            return;
        }

        var made = constant ? Destination(i.Rd) : PlaceBeside(i.Rd, i.Rs2);
        Copy(made, i.Rs1);
        Bit(operation, made, constant, i);
        DeliverFrom(made, i.Rd);
    }

    private void Bit(BitOperation operation, Register subject, bool constant, Instruction i)
    {
        if (constant)
        {
            _code.Bit(operation, subject, i.Immediate);
        }
        else
        {
            _code.Bit(operation, subject, InRegister(i.Rs2, RegisterMap.SecondScratch));
        }
    }

    private void ConditionalZero(Instruction i, Condition zeroWhen)
    {
        var made = PlaceBeside(i.Rd, i.Rs2);
        Copy(made, i.Rs1);
        CompareOperand(wide: true, i.Rs2, 0);
        _code.ConditionalMove(zeroWhen, made, Frame.Zero);
        DeliverFrom(made, i.Rd);
    }

    private void LowerCount(Instruction i)
    {
        var wide = i.Opcode is Opcode.Clz or Opcode.Ctz or Opcode.Cpop;
        var kind = i.Opcode switch
        {
            Opcode.Clz or Opcode.Clzw => Opcode.Clz,
            Opcode.Ctz or Opcode.Ctzw => Opcode.Ctz,
            _ => Opcode.Cpop,
        };
        var destination = Destination(i.Rd);
        switch (kind)
        {
            case Opcode.Clz when _features.Lzcnt:
                _code.CountLeadingZeros(wide, destination, Source(i.Rs1));
                break;
            case Opcode.Ctz when _features.Bmi1:
                _code.CountTrailingZeros(wide, destination, Source(i.Rs1));
                break;
            case Opcode.Cpop when _features.Popcnt:
                _code.CountOnes(wide, destination, Source(i.Rs1));
                break;
            default:
                CountWithoutExtensions(kind, wide, i);
                return;
        }

        Finish(i.Rd, destination);
    }
}

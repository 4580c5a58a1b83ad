using System.Reflection;
using System.Reflection.Emit;
using Pvm2.Runtime.Isa;

namespace Pvm2.IlJit.Lowering;

/// <content>The M extension.</content>
internal sealed partial class InstructionLowering
{
    private bool TryMultiplyDivide(Instruction i)
    {
        switch (i.Opcode)
        {
            case Opcode.Mul:
                Binary(OpCodes.Mul, i);
                return true;
            case Opcode.Mulw:
                BinaryWord(OpCodes.Mul, i);
                return true;
            case Opcode.Mulh:
                CallWithBoth(Helpers.MultiplyHigh, i);
                return true;
            case Opcode.Mulhsu:
                CallWithBoth(Helpers.MultiplyHighSignedUnsigned, i);
                return true;
            case Opcode.Mulhu:
                CallWithBoth(Helpers.MultiplyHighUnsigned, i);
                return true;
            case Opcode.Div:
                CallWithBoth(Helpers.Divide, i);
                return true;
            case Opcode.Divu:
                CallWithBoth(Helpers.DivideUnsigned, i);
                return true;
            case Opcode.Rem:
                CallWithBoth(Helpers.Remainder, i);
                return true;
            case Opcode.Remu:
                CallWithBoth(Helpers.RemainderUnsigned, i);
                return true;
            case Opcode.Divw:
                CallWithBothWords(Helpers.DivideWord, i);
                return true;
            case Opcode.Divuw:
                CallWithBothWords(Helpers.DivideWordUnsigned, i);
                return true;
            case Opcode.Remw:
                CallWithBothWords(Helpers.RemainderWord, i);
                return true;
            case Opcode.Remuw:
                CallWithBothWords(Helpers.RemainderWordUnsigned, i);
                return true;
            default:
                return false;
        }
    }

    private void CallWithBoth(MethodInfo helper, Instruction i)
    {
        LoadBoth(i);
        sink.Call(helper);
    }

    private void CallWithBothWords(MethodInfo helper, Instruction i)
    {
        LoadWord(i.Rs1);
        LoadWord(i.Rs2);
        sink.Call(helper);
    }
}

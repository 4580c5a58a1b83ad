using System.Reflection.Emit;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Isa;

namespace Pvm2.IlJit.Lowering;

/// <summary>
/// Turns instructions that only compute into IL. Registers are 64-bit integers on the evaluation stack; no sequence
/// can raise an exception. Meanings: the RISC-V unprivileged manual.
/// </summary>
/// <param name="sink">Takes the code.</param>
/// <param name="registers">Where the guest's registers are.</param>
/// <param name="codeBase">What a program counter is before the first byte of code.</param>
internal sealed partial class InstructionLowering(ICodeSink sink, RegisterFile registers, uint codeBase)
{
    private const int WideShiftMask = 63;
    private const int WordShiftMask = 31;

    /// <summary>Lowers one instruction of the families Arithmetic, MultiplyDivide and NoOperation.</summary>
    /// <param name="i">The instruction.</param>
    /// <param name="offset">Its code offset.</param>
    /// <param name="isTestedRotation">Whether <see cref="Rotations"/> has found that it may be one.</param>
    internal void Lower(Instruction i, uint offset, bool isTestedRotation)
    {
        if (i.Rd == 0 || i.Family == InstructionFamily.NoOperation)
        {
            // HINTs and fences retire without an effect.
            return;
        }

        if (i.Opcode == Opcode.Auipc)
        {
            sink.LoadConstant((long)(ulong)(codeBase + offset) + i.Immediate);
        }
        else if (!TryImmediate(i) && !TryRegister(i) && !TryMultiplyDivide(i))
        {
            BitManipulation(i);
        }

        if (isTestedRotation)
        {
            // A zero that RyuJIT does not know, the state's x0: this sets the flags.
            registers.LoadState(ExecutionState.RegistersOffset, OpCodes.Ldind_I8);
            sink.Emit(OpCodes.Xor);
        }

        registers.Store(i.Rd);
    }

    /// <summary>Writes a constant to a register; x0 takes none.</summary>
    internal void Constant(int register, long value)
    {
        if (register != 0)
        {
            sink.LoadConstant(value);
            registers.Store(register);
        }
    }

    private bool TryImmediate(Instruction i)
    {
        switch (i.Opcode)
        {
            case Opcode.Lui:
                sink.LoadConstant(i.Immediate);
                return true;
            case Opcode.Addi:
                AddImmediate(i);
                return true;
            case Opcode.Slti:
                registers.Load(i.Rs1);
                sink.LoadConstant(i.Immediate);
                Truth(OpCodes.Clt);
                return true;
            case Opcode.Sltiu:
                registers.Load(i.Rs1);
                sink.LoadConstant(i.Immediate);
                Truth(OpCodes.Clt_Un);
                return true;
            case Opcode.Xori:
                WithImmediate(OpCodes.Xor, i);
                return true;
            case Opcode.Ori:
                WithImmediate(OpCodes.Or, i);
                return true;
            case Opcode.Andi:
                WithImmediate(OpCodes.And, i);
                return true;
            case Opcode.Slli:
                ShiftImmediate(OpCodes.Shl, i);
                return true;
            case Opcode.Srli:
                ShiftImmediate(OpCodes.Shr_Un, i);
                return true;
            case Opcode.Srai:
                ShiftImmediate(OpCodes.Shr, i);
                return true;
            case Opcode.Addiw:
                LoadWord(i.Rs1);
                sink.LoadInt32(i.Immediate);
                sink.Emit(OpCodes.Add);
                ExtendWord();
                return true;
            case Opcode.Slliw:
                ShiftWordImmediate(OpCodes.Shl, i);
                return true;
            case Opcode.Srliw:
                ShiftWordImmediate(OpCodes.Shr_Un, i);
                return true;
            case Opcode.Sraiw:
                ShiftWordImmediate(OpCodes.Shr, i);
                return true;
            default:
                return false;
        }
    }

    private bool TryRegister(Instruction i)
    {
        switch (i.Opcode)
        {
            case Opcode.Add:
                Binary(OpCodes.Add, i);
                return true;
            case Opcode.Sub:
                Binary(OpCodes.Sub, i);
                return true;
            case Opcode.Xor:
                Binary(OpCodes.Xor, i);
                return true;
            case Opcode.Or:
                Binary(OpCodes.Or, i);
                return true;
            case Opcode.And:
                Binary(OpCodes.And, i);
                return true;
            case Opcode.Slt:
                LoadBoth(i);
                Truth(OpCodes.Clt);
                return true;
            case Opcode.Sltu:
                LoadBoth(i);
                Truth(OpCodes.Clt_Un);
                return true;
            case Opcode.Sll:
                ShiftRegister(OpCodes.Shl, i);
                return true;
            case Opcode.Srl:
                ShiftRegister(OpCodes.Shr_Un, i);
                return true;
            case Opcode.Sra:
                ShiftRegister(OpCodes.Shr, i);
                return true;
            case Opcode.Addw:
                BinaryWord(OpCodes.Add, i);
                return true;
            case Opcode.Subw:
                BinaryWord(OpCodes.Sub, i);
                return true;
            case Opcode.Sllw:
                ShiftWordRegister(OpCodes.Shl, i);
                return true;
            case Opcode.Srlw:
                ShiftWordRegister(OpCodes.Shr_Un, i);
                return true;
            case Opcode.Sraw:
                ShiftWordRegister(OpCodes.Shr, i);
                return true;
            default:
                return false;
        }
    }

    private void AddImmediate(Instruction i)
    {
        if (i.Rs1 == 0 || i.Immediate == 0)
        {
            // A constant, or a copy.
            LoadOr(i.Rs1, i.Immediate);
            return;
        }

        WithImmediate(OpCodes.Add, i);
    }

    private void LoadOr(int register, long constant)
    {
        if (register == 0)
        {
            sink.LoadConstant(constant);
        }
        else
        {
            registers.Load(register);
        }
    }

    private void LoadBoth(Instruction i)
    {
        registers.Load(i.Rs1);
        registers.Load(i.Rs2);
    }

    private void Binary(OpCode code, Instruction i)
    {
        LoadBoth(i);
        sink.Emit(code);
    }

    private void WithImmediate(OpCode code, Instruction i)
    {
        registers.Load(i.Rs1);
        sink.LoadConstant(i.Immediate);
        sink.Emit(code);
    }

    /// <summary>Compares the two numbers on the stack: 1 for true, 0 for false.</summary>
    private void Truth(OpCode comparison)
    {
        sink.Emit(comparison);
        sink.Emit(OpCodes.Conv_U8);
    }

    private void ShiftImmediate(OpCode code, Instruction i)
    {
        registers.Load(i.Rs1);
        sink.LoadInt32(i.Immediate);
        sink.Emit(code);
    }

    private void ShiftRegister(OpCode code, Instruction i)
    {
        registers.Load(i.Rs1);
        ShiftAmount(i.Rs2, WideShiftMask);
        sink.Emit(code);
    }

    /// <summary>Pushes the low bits of a register; a shift by more than the width is undefined in IL.</summary>
    private void ShiftAmount(int register, int mask)
    {
        LoadWord(register);
        sink.LoadInt32(mask);
        sink.Emit(OpCodes.And);
    }

    /// <summary>Pushes the low 32 bits of a register as a 32-bit integer.</summary>
    private void LoadWord(int register)
    {
        registers.Load(register);
        sink.Emit(OpCodes.Conv_I4);
    }

    /// <summary>Sign-extends the 32-bit integer on the stack: the end of every instruction whose name ends in w.</summary>
    private void ExtendWord() => sink.Emit(OpCodes.Conv_I8);

    private void BinaryWord(OpCode code, Instruction i)
    {
        LoadWord(i.Rs1);
        LoadWord(i.Rs2);
        sink.Emit(code);
        ExtendWord();
    }

    private void ShiftWordImmediate(OpCode code, Instruction i)
    {
        LoadWord(i.Rs1);
        sink.LoadInt32(i.Immediate);
        sink.Emit(code);
        ExtendWord();
    }

    private void ShiftWordRegister(OpCode code, Instruction i)
    {
        LoadWord(i.Rs1);
        ShiftAmount(i.Rs2, WordShiftMask);
        sink.Emit(code);
        ExtendWord();
    }
}

using Pvm2.Native.X64;
using Pvm2.Runtime.Isa;

namespace Pvm2.Native.Lowering;

/// <summary>
/// Turns one guest instruction at a time into machine code. It keeps nothing between instructions: every guest
/// register is in its place after each of them, so a run can be read off at any one.
/// </summary>
/// <remarks>
/// An instruction whose result goes to x0 and that can do nothing else emits nothing. Results for x3 and x4 are made
/// in rax and stored to the frame. Lowerings that need a register where an operand is in the frame load it into rdx,
/// unless they say otherwise.
/// </remarks>
internal sealed partial class InstructionLowering
{
    private readonly Assembler _code;
    private readonly CpuFeatures _features;

    internal InstructionLowering(Assembler code, CpuFeatures features)
    {
        _code = code;
        _features = features;
    }

    /// <summary>Emits an instruction that neither jumps nor calls the host nor ends the run.</summary>
    /// <param name="i">The instruction.</param>
    /// <param name="address">Its guest address, for <c>auipc</c>.</param>
    internal void Lower(in Instruction i, uint address)
    {
        switch (InstructionTable.Describe(i.Opcode).Family)
        {
            case InstructionFamily.Load:
                LowerLoad(i);
                break;
            case InstructionFamily.Store:
                LowerStore(i);
                break;
            case InstructionFamily.MultiplyDivide when i.Rd != 0:
                LowerMultiplyDivide(i);
                break;
            case InstructionFamily.Arithmetic when i.Rd != 0:
                if (i.Opcode < Opcode.AddUw)
                {
                    LowerArithmetic(i, address);
                }
                else
                {
                    LowerBitManipulation(i);
                }

                break;
            default:
                break;
        }
    }

    private static Operand Source(int guest) => RegisterMap.Operand(guest);

    /// <summary>Where a result is made: the guest register's own, or rax for one that lives in the frame.</summary>
    private static Register Destination(int guest) =>
        RegisterMap.IsHot(guest) ? RegisterMap.Hot(guest) : RegisterMap.Scratch;

    /// <summary>Stores a result that was made in rax to the frame; nothing where the guest register is hot.</summary>
    private void Finish(int guest, Register made)
    {
        if (!RegisterMap.IsHot(guest))
        {
            _code.MoveToSlot(RegisterMap.Operand(guest), made);
        }
    }

    /// <summary>Moves a result that was made in a scratch register to its guest register.</summary>
    private void Deliver(int guest, Register made)
    {
        if (RegisterMap.IsHot(guest))
        {
            _code.Move(RegisterMap.Hot(guest), made);
        }
        else
        {
            _code.MoveToSlot(RegisterMap.Operand(guest), made);
        }
    }

    /// <summary>A register that holds a guest register's value: its own, or the given one after a load.</summary>
    internal Register InRegister(int guest, Register otherwise)
    {
        if (RegisterMap.IsHot(guest))
        {
            return RegisterMap.Hot(guest);
        }

        if (guest == 0)
        {
            _code.MoveImmediate(otherwise, 0);
        }
        else
        {
            _code.Move(otherwise, RegisterMap.Operand(guest));
        }

        return otherwise;
    }

    /// <summary>Copies a guest register into a machine register unless it is there already.</summary>
    private void Copy(Register destination, int guest)
    {
        if (guest == 0)
        {
            _code.MoveImmediate(destination, 0);
        }
        else if (!Source(guest).Is(destination))
        {
            _code.Move(destination, Source(guest));
        }
    }

    /// <summary>Puts a constant into a guest register.</summary>
    private void Constant(int guest, long value)
    {
        var destination = Destination(guest);
        _code.MoveImmediate(destination, value);
        Finish(guest, destination);
    }
}

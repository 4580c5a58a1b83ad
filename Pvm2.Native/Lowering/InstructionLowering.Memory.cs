using Pvm2.Native.X64;
using Pvm2.Runtime.Isa;

namespace Pvm2.Native.Lowering;

/// <content>
/// Loads and stores. Each is one access of the guest's width, so the processor's fault is exactly the guest's: the
/// first byte that is not allowed, and nothing of the access done.
/// </content>
internal sealed partial class InstructionLowering
{
    private void LowerMemory(Instruction i)
    {
        // A load has no rs2 and a store no rd: they are x0.
        var access = (GuestAccess)(i.Opcode - Opcode.Lb);
        var register = i.Rd | i.Rs2;
        if (RegisterMap.IsHot(register) && RegisterMap.IsHot(i.Rs1))
        {
            _code.AccessGuest(access, RegisterMap.Hot(register), RegisterMap.Hot(i.Rs1), i.Immediate);
        }
        else
        {
            LowerMemoryInFrame(access, register, i);
        }
    }

    private void LowerMemoryInFrame(GuestAccess access, int register, Instruction i)
    {
        var address = InRegister(i.Rs1, RegisterMap.SecondScratch);
        if (access < GuestAccess.StoreByte)
        {
            // A load into x0 still makes its access.
            var destination = Destination(register);
            _code.AccessGuest(access, destination, address, i.Immediate);
            if (register != 0)
            {
                Finish(register, destination);
            }
        }
        else if (register == 0)
        {
            _code.StoreGuestZero(access, address, i.Immediate);
        }
        else
        {
            _code.AccessGuest(access, InRegister(register, RegisterMap.Scratch), address, i.Immediate);
        }
    }
}

using Pvm2.Native.X64;
using Pvm2.Runtime.Isa;

namespace Pvm2.Native.Lowering;

/// <content>
/// Loads and stores. Each is one access of the guest's width, so the processor's fault is exactly the guest's: the
/// first byte that is not allowed, and nothing of the access done.
/// </content>
internal sealed partial class InstructionLowering
{
    private void LowerMemory(in Instruction i)
    {
        var address = InRegister(i.Rs1, RegisterMap.SecondScratch);
        if (i.Opcode < Opcode.Sb)
        {
            // A load into x0 still makes its access.
            var destination = Destination(i.Rd);
            _code.LoadGuest((LoadKind)(i.Opcode - Opcode.Lb), destination, address, i.Immediate);
            if (i.Rd != 0)
            {
                Finish(i.Rd, destination);
            }

            return;
        }

        var width = (StoreWidth)(i.Opcode - Opcode.Sb);
        if (i.Rs2 == 0)
        {
            _code.StoreGuestZero(width, address, i.Immediate);
        }
        else
        {
            _code.StoreGuest(width, InRegister(i.Rs2, RegisterMap.Scratch), address, i.Immediate);
        }
    }
}

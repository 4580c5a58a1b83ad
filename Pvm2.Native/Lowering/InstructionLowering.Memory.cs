using Pvm2.Native.X64;
using Pvm2.Runtime.Isa;

namespace Pvm2.Native.Lowering;

/// <content>
/// Loads and stores. Each is one access of the guest's width, so the processor's fault is exactly the guest's: the
/// first byte that is not allowed, and nothing of the access done.
/// </content>
internal sealed partial class InstructionLowering
{
    private void LowerLoad(in Instruction i)
    {
        var kind = i.Opcode switch
        {
            Opcode.Lb => LoadKind.Signed8,
            Opcode.Lh => LoadKind.Signed16,
            Opcode.Lw => LoadKind.Signed32,
            Opcode.Ld => LoadKind.Bits64,
            Opcode.Lbu => LoadKind.Unsigned8,
            Opcode.Lhu => LoadKind.Unsigned16,
            _ => LoadKind.Unsigned32,
        };

        // A load into x0 still makes its access.
        var destination = Destination(i.Rd);
        _code.LoadGuest(kind, destination, InRegister(i.Rs1, RegisterMap.SecondScratch), i.Immediate);
        if (i.Rd != 0)
        {
            Finish(i.Rd, destination);
        }
    }

    private void LowerStore(in Instruction i)
    {
        var width = (StoreWidth)(i.Opcode - Opcode.Sb);
        var address = InRegister(i.Rs1, RegisterMap.SecondScratch);
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

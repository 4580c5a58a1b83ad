using Pvm2.Runtime.Isa;

namespace Pvm2.Linker.Input;

/// <summary>
/// Pass: finds the target of every direct jump and branch, and makes one symbolic operation of each
/// <c>auipc</c> that has no relocation of its own and the instruction that completes the address: a call, a tail
/// call or an address that the assembler or the ELF linker has computed already.
/// </summary>
internal sealed class AddressPairs(SourceCode code, SymbolResolver resolver)
{
    /// <summary>Resolves all direct targets.</summary>
    public static void Resolve(SourceCode code, SymbolResolver resolver)
    {
        var pass = new AddressPairs(code, resolver);
        for (var i = 0; i < code.Count; i++)
        {
            ref readonly var item = ref code.Instructions[i];
            if (item.Kind is InstructionKind.Branch or InstructionKind.Jump && item.Reference.Kind == LocationKind.None)
            {
                pass.SetTarget(i, code.AddressOf(i) + (ulong)item.Decoded.Immediate);
            }
            else if (item.Kind == InstructionKind.Plain && item.Decoded.Opcode == Opcode.Auipc)
            {
                pass.ResolvePair(i);
            }
        }
    }

    private void ResolvePair(int auipc)
    {
        ref var high = ref code.Instructions[auipc];
        ref var low = ref code.Instructions[auipc + 1];
        if (high.Decoded.Rd == 0 || low.Decoded.Rs1 != high.Decoded.Rd)
        {
            MarkUnresolved(auipc);
            return;
        }

        var address = code.AddressOf(auipc) + (ulong)high.Decoded.Immediate + (ulong)low.Decoded.Immediate;
        if (low.Kind == InstructionKind.IndirectJump)
        {
            // What completes it holds the distance and the scratch register, so the first half can go.
            high.Kind = InstructionKind.Removed;
            low.Kind = InstructionKind.Jump;
            SetTarget(auipc + 1, address);
            return;
        }

        var completes = low.Kind == InstructionKind.Plain
            && (low.Decoded.Operation.Family is InstructionFamily.Load or InstructionFamily.Store || low.Decoded.Opcode == Opcode.Addi);
        if (!completes || !resolver.TryResolveAddress(address, out var location))
        {
            MarkUnresolved(auipc);
            return;
        }

        high.Reference = location;
        high.Kind = InstructionKind.AddressHigh;
        low.Reference = location;
        low.Kind = InstructionKind.AddressLow;
    }

    /// <summary>An error only where control can reach it, like any other encoding that makes no sense.</summary>
    private void MarkUnresolved(int auipc) => code.Instructions[auipc].Kind = InstructionKind.UnresolvedAddress;

    private void SetTarget(int instruction, ulong address)
    {
        ref var item = ref code.Instructions[instruction];
        item.Reference = Location.Code(resolver.FindInstruction(address));
        if (item.Target < 0)
        {
            item.Kind = InstructionKind.BadTarget;
        }
    }
}

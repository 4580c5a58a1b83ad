using Pvm2.Linker.Diagnostics;
using Pvm2.Linker.Input;
using Pvm2.Linker.Layout;
using Pvm2.Runtime.Isa;

namespace Pvm2.Linker.Lowering;

/// <summary>Pass: rewrites the instructions of the ELF as those of the profile.</summary>
internal abstract class CodeLowering(SourceCode source, OutputCode output, DataLayout layout, ErrorReporter report)
{
    /// <summary>The instructions of the ELF.</summary>
    protected SourceCode Source { get; } = source;

    /// <summary>The instructions made.</summary>
    protected OutputCode Output { get; } = output;

    /// <summary>Lowers the entry points and then all reachable code.</summary>
    public void Run(List<ProgramEntry> entries)
    {
        for (var i = 0; i < entries.Count; i++)
        {
            AddThunk(entries[i], i);
        }

        for (var i = 0; i < Source.Count; i++)
        {
            ref readonly var item = ref Source.Instructions[i];
            if (item.IsReachable && item.IsTarget && !Output.AtBlockStart)
            {
                Output.Add(Encoder.Make(Opcode.Fallthrough));
            }

            Output.FirstOutput[i] = Output.Count;
            if (item.IsReachable)
            {
                Lower(i);
            }
        }

        Output.AddEnd();
    }

    /// <summary>Adds a direct call.</summary>
    /// <param name="call">Its index in the table of calls.</param>
    /// <param name="link">The link register.</param>
    /// <param name="target">The instruction of the ELF that is called.</param>
    protected abstract void AddCall(int call, int link, int target);

    /// <summary>Adds a jump or call through a register, or a return.</summary>
    protected abstract void AddIndirect(int instruction, in SourceInstruction item);

    /// <summary>The number that a program sees as the address of code, or none before the code is laid out.</summary>
    protected abstract long? CodeAddress(int instruction);

    /// <summary>An entry point calls its function and, if that returns, halts with what it left in a0.</summary>
    private void AddThunk(ProgramEntry entry, int index)
    {
        const int ReturnAddress = 1;
        Output.Thunks[index] = Output.Count;
        AddCall(Source.Count + index, ReturnAddress, entry.Instruction);
        Output.AfterCall[Source.Count + index] = Output.Count;
        Output.Add(Encoder.Make(Opcode.Ecalli));
        Output.Add(Encoder.Make(Opcode.Trap));
    }

    private void Lower(int i)
    {
        ref var item = ref Source.Instructions[i];
        switch (item.Kind)
        {
            case InstructionKind.Removed:
                break;
            case InstructionKind.Trap:
                Output.Add(Encoder.Make(Opcode.Trap));
                break;
            case InstructionKind.Branch:
                Output.Add(item.Decoded, Fixup.Branch, item.Target);
                break;
            case InstructionKind.Jump when item.IsCall:
                AddCall(i, item.Decoded.Rd, item.Target);
                break;
            case InstructionKind.Jump:
                Output.Add(Encoder.Make(Opcode.Jal, 0, item.Decoded.Rs1), Fixup.Jump, item.Target);
                break;
            case InstructionKind.IndirectJump or InstructionKind.Return:
                AddIndirect(i, item);
                break;
            case InstructionKind.AddressHigh or InstructionKind.TableAddressHigh:
                AddHigh(i, item);
                break;
            case InstructionKind.AddressLow:
                AddLow(i, item);
                break;
            default:
                Output.Add(item.Decoded);
                break;
        }

        if (item.IsCall)
        {
            Output.AfterCall[i] = Output.Count;
        }
    }

    private void AddHigh(int i, in SourceInstruction item)
    {
        if (ValueOf(i, item.Reference) is not { } value)
        {
            Output.Add(Encoder.Make(Opcode.Lui, item.Decoded.Rd), Fixup.CodeHigh, item.Reference.Index);
            return;
        }

        ref var next = ref Source.Instructions[i + 1];
        if (AddressParts.High(value) == 0 && CompletesInPlace(item, next))
        {
            next.Kind = InstructionKind.Removed;
            Output.Add(Encoder.Make(Opcode.Addi, item.Decoded.Rd, 0, immediate: value));
            return;
        }

        Output.AddLoadImmediate(item.Decoded.Rd, AddressParts.High(value));
    }

    /// <summary>Whether the next instruction makes the whole address in the register of the high part.</summary>
    private static bool CompletesInPlace(in SourceInstruction high, in SourceInstruction next) =>
        next is { Kind: InstructionKind.AddressLow, IsTarget: false }
        && next.Reference == high.Reference
        && next.Decoded.Opcode == Opcode.Addi
        && next.Decoded.Rd == high.Decoded.Rd
        && next.Decoded.Rs1 == high.Decoded.Rd;

    private void AddLow(int i, in SourceInstruction item)
    {
        var decoded = item.Decoded with { Row = (byte)item.Decoded.Opcode, Length = 4 };
        if (ValueOf(i, item.Reference) is not { } value)
        {
            Output.Add(decoded, Fixup.CodeLow, item.Reference.Index);
        }
        else if (AddressParts.Low(value) != 0 || decoded.Opcode != Opcode.Addi || decoded.Rd != decoded.Rs1)
        {
            Output.Add(decoded with { Immediate = AddressParts.Low(value) });
        }
    }

    private int? ValueOf(int instruction, Location location)
    {
        var value = location.Kind == LocationKind.Code ? CodeAddress(location.Index) : layout.AddressOf(location);
        if (value is < AddressParts.Lowest or > AddressParts.Highest)
        {
            report.AddAt(instruction, $"the address 0x{value:x} cannot be loaded: addresses end at 0x7ffff7ff", "Make the data, the stack or the heap smaller.");
            return 0;
        }

        return (int?)value;
    }
}

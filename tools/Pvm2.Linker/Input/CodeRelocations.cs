using Pvm2.Linker.Diagnostics;
using Pvm2.Linker.Elf;
using Pvm2.Runtime.Isa;

namespace Pvm2.Linker.Input;

/// <summary>Pass: turns the relocations of code into symbolic operands.</summary>
/// <remarks>
/// Branches, jumps and calls need no relocation: their fields hold the distance, which
/// <see cref="AddressPairs"/> reads. Only where the symbol is undefined is the distance meaningless.
/// </remarks>
internal sealed class CodeRelocations(SourceCode code, SymbolResolver resolver, ErrorReporter report)
{
    private const int GlobalPointer = 3;
    private const string NoPic = "Compile with -fno-pic (Rust: relocation-model=static) and, if it persists, -fno-jump-tables.";

    /// <summary>Resolves the relocations of all code sections.</summary>
    public static void Resolve(InputSections sections, SourceCode code, SymbolResolver resolver, ErrorReporter report)
    {
        var pass = new CodeRelocations(code, resolver, report);

        // The low parts name the instruction that loads the high part, which may come later: a second sweep.
        pass.Sweep(sections, pass.ResolveFirst);
        pass.Sweep(sections, pass.ResolveLowOfPair);
    }

    private void Sweep(InputSections sections, Action<int, CodeSection, ElfRelocation> resolve)
    {
        for (var i = 0; i < sections.Code.Length; i++)
        {
            var section = sections.Code[i];
            foreach (var relocation in section.Relocations)
            {
                if (relocation.Type is not (RelocationType.None or RelocationType.Relax))
                {
                    resolve(code.Find(i, relocation.Offset), section, relocation);
                }
            }
        }
    }

    private void ResolveFirst(int instruction, CodeSection section, ElfRelocation relocation)
    {
        switch (relocation.Type)
        {
            case RelocationType.PcRelativeLow12I or RelocationType.PcRelativeLow12S:
                return;
            case RelocationType.Align:
                RemovePadding(instruction, relocation);
                return;
            case RelocationType.Branch or RelocationType.CompressedBranch or RelocationType.Jal or RelocationType.CompressedJump
                or RelocationType.Call or RelocationType.CallPlt:
                CheckTransfer(instruction, section, relocation);
                return;
            case RelocationType.PcRelativeHigh20 or RelocationType.GotHigh20:
                SetAddress(instruction, section, relocation, Opcode.Auipc);
                return;
            case RelocationType.High20 or RelocationType.CompressedLui:
                SetAddress(instruction, section, relocation, Opcode.Lui);
                return;
            case RelocationType.Low12I or RelocationType.Low12S:
                SetLow(instruction, section, relocation);
                return;
            default:
                Refuse(instruction, section, relocation);
                return;
        }
    }

    /// <summary>Alignment in code means nothing to PVM2, and the nops that make it cost gas.</summary>
    private void RemovePadding(int instruction, in ElfRelocation relocation)
    {
        if (instruction < 0)
        {
            return;
        }

        // The trap behind each section ends every run of nops.
        var end = relocation.Offset + (ulong)Math.Max(relocation.Addend, 0);
        for (var i = instruction; IsNop(code.Instructions[i]) && code.Instructions[i].Offset < end; i++)
        {
            code.Instructions[i].Kind = InstructionKind.Removed;
        }
    }

    private static bool IsNop(in SourceInstruction item) =>
        item.Kind == InstructionKind.Plain && item.Decoded is { Opcode: Opcode.Addi, Rd: 0, Rs1: 0, Immediate: 0 };

    private void CheckTransfer(int instruction, CodeSection section, in ElfRelocation relocation)
    {
        if (!resolver.IsUndefined(relocation))
        {
            return;
        }

        if (instruction < 0 || !resolver.TryResolve(relocation, out _, out var problem))
        {
            report.AddAt(section.Elf, instruction, relocation, "nothing defines the symbol", "Add the object or library that defines it to the link, or declare it weak.");
            return;
        }

        // A call of what is weak and undefined is never made; where it is, it is one of a null pointer.
        var isPair = relocation.Type is RelocationType.Call or RelocationType.CallPlt;
        var last = isPair ? instruction + 1 : instruction;
        if (isPair && code.Instructions[instruction].Decoded.Opcode == Opcode.Auipc)
        {
            code.Instructions[instruction].Kind = InstructionKind.Removed;
        }

        if (last < code.Count && code.Instructions[last].Kind is InstructionKind.Jump or InstructionKind.IndirectJump)
        {
            code.Instructions[last].Kind = InstructionKind.Trap;
        }
    }

    private void SetAddress(int instruction, CodeSection section, in ElfRelocation relocation, Opcode expected)
    {
        if (instruction < 0 || code.Instructions[instruction].Decoded.Opcode != expected)
        {
            report.AddAt(section.Elf, instruction, relocation, "the relocation does not stand at an instruction that loads the high part of an address", string.Empty);
            return;
        }

        // After an error the instruction counts as resolved all the same, so that the one that adds the low part is
        // not blamed too.
        if (!resolver.TryResolve(relocation, out var location, out var problem))
        {
            report.AddAt(section.Elf, instruction, relocation, problem.Reason, problem.Advice);
            location = Location.Absolute(0);
        }

        code.Instructions[instruction].Reference = location;
        code.Instructions[instruction].Kind = relocation.Type == RelocationType.GotHigh20
            ? InstructionKind.TableAddressHigh
            : InstructionKind.AddressHigh;
    }

    private void SetLow(int instruction, CodeSection section, in ElfRelocation relocation)
    {
        if (!CanHoldLow(instruction, section, relocation))
        {
            return;
        }

        if (!resolver.TryResolve(relocation, out var location, out var problem))
        {
            report.AddAt(section.Elf, instruction, relocation, problem.Reason, problem.Advice);
            return;
        }

        var problemOfBase = code.Instructions[instruction].Decoded.Rs1 switch
        {
            0 when location is not { Kind: LocationKind.Absolute, Offset: >= -2048 and < 2048 } => "the address is relative to zero, where the program's memory is not",
            GlobalPointer => "the address is relative to x3 (gp)",
            _ => string.Empty,
        };
        if (problemOfBase.Length != 0)
        {
            report.AddAt(section.Elf, instruction, relocation, problemOfBase, "Link with --no-relax-gp (or --no-relax).");
            return;
        }

        SetLowOf(instruction, location);
    }

    private void ResolveLowOfPair(int instruction, CodeSection section, ElfRelocation relocation)
    {
        if (relocation.Type is not (RelocationType.PcRelativeLow12I or RelocationType.PcRelativeLow12S)
            || !CanHoldLow(instruction, section, relocation))
        {
            return;
        }

        // The symbol is the label of the auipc; the addend has no meaning.
        var found = resolver.TryResolve(relocation with { Addend = 0 }, out var label, out _) && label.Kind == LocationKind.Code;
        ref readonly var high = ref code.Instructions[found ? label.Index : 0];
        if (!found || high.Kind is not (InstructionKind.AddressHigh or InstructionKind.TableAddressHigh))
        {
            report.AddAt(section.Elf, instruction, relocation, "no auipc with a relocation stands where the low part says", "Link with --emit-relocs, and do not strip local symbols.");
            return;
        }

        ref var item = ref code.Instructions[instruction];
        if (high.Kind == InstructionKind.TableAddressHigh)
        {
            if (item.Decoded.Opcode != Opcode.Ld)
            {
                report.AddAt(instruction, "an entry of the global offset table is used otherwise than by ld", NoPic);
                return;
            }

            item.Decoded = Encoder.Make(Opcode.Addi, item.Decoded.Rd, item.Decoded.Rs1);
        }

        SetLowOf(instruction, high.Reference);
    }

    private void SetLowOf(int instruction, Location location)
    {
        ref var item = ref code.Instructions[instruction];
        item.Reference = location;
        if (item.Decoded.Opcode != Opcode.Jalr)
        {
            item.Kind = InstructionKind.AddressLow;
        }
        else if (location.Kind == LocationKind.Code && IsLoadedJustBefore(instruction))
        {
            code.Instructions[instruction - 1].Kind = InstructionKind.Removed;
            item.Kind = InstructionKind.Jump;
        }
        else
        {
            report.AddAt(instruction, "a jump to an address whose high part was not loaded just before", "Use the call and tail pseudo-instructions.");
        }
    }

    private bool IsLoadedJustBefore(int jump)
    {
        ref readonly var high = ref code.Instructions[Math.Max(jump - 1, 0)];
        return high.Kind == InstructionKind.AddressHigh && high.Decoded.Rd == code.Instructions[jump].Decoded.Rs1;
    }

    private bool CanHoldLow(int instruction, CodeSection section, in ElfRelocation relocation)
    {
        var isStore = relocation.Type is RelocationType.Low12S or RelocationType.PcRelativeLow12S;
        var fits = instruction >= 0 && code.Instructions[instruction].Decoded is var decoded
            && decoded.Operation.Family switch
            {
                InstructionFamily.Store => isStore,
                InstructionFamily.Load => !isStore,
                InstructionFamily.Arithmetic => !isStore && decoded.Opcode is Opcode.Addi or Opcode.Addiw,
                InstructionFamily.IndirectJump => !isStore,
                _ => false,
            };
        if (!fits)
        {
            report.AddAt(section.Elf, instruction, relocation, "the relocation does not stand at an instruction that adds the low part of an address", string.Empty);
        }

        return fits;
    }

    private void Refuse(int instruction, CodeSection section, in ElfRelocation relocation)
    {
        var (reason, advice) = relocation.Type switch
        {
            var t when RelocationTypes.IsThreadLocal(t) => ("thread-local storage is not supported", "A guest has one thread: make the variable an ordinary static."),
            var t when RelocationTypes.IsDifference(t) => ("a difference of addresses, as position-independent jump tables have, cannot be kept", NoPic),
            var t when RelocationTypes.IsGlobalPointerRelative(t) => ("the address is relative to x3 (gp)", "Link with --no-relax-gp (or --no-relax)."),
            RelocationType.Absolute32 or RelocationType.Absolute64 => ("a pointer lies among the instructions", "Code must not hold data: move tables and constants out of code sections."),
            _ => ("the linker does not know this relocation", "Compile with -fno-pic and link with -static."),
        };
        report.AddAt(section.Elf, instruction, relocation, reason, advice);
    }
}

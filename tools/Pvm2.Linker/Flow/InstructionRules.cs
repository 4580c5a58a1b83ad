using Pvm2.Linker.Diagnostics;
using Pvm2.Linker.Input;
using Pvm2.Runtime.Isa;

namespace Pvm2.Linker.Flow;

/// <summary>Says whether an instruction that control can reach can be linked, and reports why not.</summary>
internal sealed class InstructionRules(SourceCode code, Profile profile, ErrorReporter report)
{
    private const string NoDataInCode = "Code must not hold data: move tables and constants out of code sections, and do not rely on code addresses being memory.";
    private const int ReturnAddress = 1;

    /// <summary>Checks one instruction.</summary>
    /// <returns>Whether it can be linked; if not, an error was added.</returns>
    public bool Check(int instruction)
    {
        ref readonly var item = ref code.Instructions[instruction];
        switch (item.Kind)
        {
            case InstructionKind.Illegal:
                return ReportIllegal(instruction);
            case InstructionKind.UnresolvedAddress:
                return Report(instruction, "the purpose of this address cannot be told: no relocation says what it refers to", "Link with --emit-relocs; in assembly use la, call and tail.");
            case InstructionKind.BadTarget:
                return Report(instruction, "it goes to where no instruction starts", "Its target must be a label before an instruction, in code that the ELF contains.");
            case InstructionKind.AddressLow when item.Reference.Kind == LocationKind.Code && IsAccess(item):
                return Report(instruction, "it accesses code as data", NoDataInCode);
            case InstructionKind.Removed or InstructionKind.Trap:
                return true;
            default:
                return profile == Profile.Xjar || CheckStatic(instruction, item);
        }
    }

    private static bool IsAccess(in SourceInstruction item) =>
        item.Decoded.Operation.Family is InstructionFamily.Load or InstructionFamily.Store;

    private bool CheckStatic(int instruction, in SourceInstruction item)
    {
        var decoded = item.Decoded;
        if (IsGlobalOrThread(decoded.Rd) || IsGlobalOrThread(decoded.Rs1) || IsGlobalOrThread(decoded.Rs2))
        {
            return Report(instruction, "it names x3 (gp) or x4 (tp), which the static profile forbids", "Do not set or use gp and tp: link with --no-relax-gp, without thread-local storage; or link for xjar.");
        }

        return item.Kind switch
        {
            InstructionKind.Plain when decoded.Opcode == Opcode.Ecall =>
                Report(instruction, "the static profile forbids ecall", "Call the host with ecalli, or ecall.jar."),
            InstructionKind.IndirectJump => CheckIndirect(instruction, decoded),
            InstructionKind.AddressHigh or InstructionKind.AddressLow
                when item.Reference.Kind == LocationKind.Code && decoded.Rd == ReturnAddress =>
                Report(instruction, "it puts the address of code into ra, which only calls may do", "Call the function; or keep the address in another register and jump through that."),
            _ => true,
        };
    }

    private bool CheckIndirect(int instruction, in Instruction decoded)
    {
        if (decoded.Immediate != 0)
        {
            return Report(instruction, "a jump through a register may not add an offset in the static profile", "Code addresses are opaque handles there: add the offset before taking the address.");
        }

        return decoded.Rd == 0 || decoded.Rd != decoded.Rs1
            || Report(instruction, "an indirect call through its own link register cannot be expressed in the static profile", "Call through another register.");
    }

    private static bool IsGlobalOrThread(int register) => register is 3 or 4;

    private bool ReportIllegal(int instruction)
    {
        ref readonly var item = ref code.Instructions[instruction];
        var reason = IllegalEncoding.Explain(code.SectionOf(instruction).Elf.Content.Span, (int)item.Offset, Profile.Xjar);
        var advice = reason switch
        {
            IllegalReason.RegisterBeyondE => "Compile everything with -march=rv64emc_zba_zbb_zbs_zicond -mabi=lp64e.",
            IllegalReason.FloatingPoint => "Compile for soft float: no f or d in -march.",
            IllegalReason.Atomic => "Compile without a in -march; a guest has one thread.",
            IllegalReason.Vector => "Compile without v in -march.",
            IllegalReason.ForbiddenInProfile => "br_table is for the linker to make: in source code, jump through a register.",
            IllegalReason.System => "A guest has no control and status registers; remove the access.",
            _ => "If this is data, move it out of the code section; else compile with -march=rv64emc_zba_zbb_zbs_zicond.",
        };
        return Report(instruction, $"control can reach it, and it is illegal: {IllegalEncoding.Describe(reason, Profile.Xjar)}", advice);
    }

    private bool Report(int instruction, string reason, string advice)
    {
        report.AddAt(instruction, reason, advice);
        return false;
    }
}

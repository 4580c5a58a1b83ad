using Pvm2.Runtime.Isa;

namespace Pvm2.Runtime.Programs;

/// <summary>
/// What the profiles demand of code. A static program's instructions are all legal, its branches and jumps go to
/// block starts and its <c>br_table</c>s name tables that exist; an xjar program's code is only limited in size,
/// since what is wrong in it panics when it is executed.
/// </summary>
internal static class CodeRules
{
    /// <summary>Whether there is too much code; asked before anything is derived from it.</summary>
    internal static ProgramError? FindSizeError(GuestProgram program) =>
        program.Profile == Profile.Static || (uint)program.Code.Length <= AddressSpace.MaxXjarCodeSize
            ? null
            : new ProgramError(
                ProgramSection.Code,
                AddressSpace.MaxXjarCodeSize,
                default,
                $"{program.Code.Length} bytes of code are more than the {AddressSpace.MaxXjarCodeSize} of the xjar profile");

    /// <summary>The first thing that is wrong with the code.</summary>
    /// <param name="program">The program.</param>
    /// <param name="scan">What its code holds; only if that can be wrong is each instruction looked at.</param>
    /// <param name="blocks">The blocks of the code.</param>
    internal static ProgramError? FindError(GuestProgram program, CodeScan scan, BasicBlockMap blocks)
    {
        var mayBeWrong = scan.HasIllegal || scan.HasBadTarget || scan.HighestTable >= program.JumpTables.Count;
        return program.Profile == Profile.Static && mayBeWrong ? FindStaticError(program, blocks) : null;
    }

    /// <summary>Looks at the last instruction of every block, since all that can be wrong is a terminator.</summary>
    private static ProgramError? FindStaticError(GuestProgram program, BasicBlockMap blocks)
    {
        var code = program.Code.Span;
        for (int offset = 0, next; offset < code.Length; offset = next)
        {
            next = offset + Decoder.LengthOf(code[offset]);
            if (next < code.Length && !blocks.IsStart((uint)next))
            {
                continue;
            }

            var instruction = Decoder.Decode(code, offset, Profile.Static);
            if (FindFault(program, blocks, offset, instruction) is { } reason)
            {
                return new ProgramError(
                    ProgramSection.Code, offset, program.Code.Slice(offset, instruction.Length), reason);
            }
        }

        return null;
    }

    /// <summary>What is wrong with an instruction; illegal encodings are terminators too.</summary>
    private static string? FindFault(GuestProgram program, BasicBlockMap blocks, int offset, in Instruction instruction)
    {
        switch (instruction.Family)
        {
            case InstructionFamily.Illegal:
                var why = IllegalEncoding.Explain(program.Code.Span, offset, Profile.Static);
                return $"illegal instruction: {IllegalEncoding.Describe(why, Profile.Static)}";

            case InstructionFamily.Branch or InstructionFamily.Jump:
                var target = (long)offset + instruction.Immediate;
                return target >= 0 && target < program.Code.Length && blocks.IsStart((uint)target)
                    ? null
                    : DescribeBadTarget(instruction, target, program.Code.Length);

            case InstructionFamily.IndirectJump when instruction.Immediate >= program.JumpTables.Count:
                return $"br_table names table {instruction.Immediate}, but the program has {program.JumpTables.Count}";

            default:
                return null;
        }
    }

    private static string DescribeBadTarget(in Instruction instruction, long target, int codeLength)
    {
        var sign = target < 0 ? "-" : string.Empty;
        var place = target < 0 || target >= codeLength ? "outside the code" : "where no block starts";
        return $"{instruction.Encoding.Mnemonic} goes to {sign}0x{Math.Abs(target):x}, {place}";
    }
}

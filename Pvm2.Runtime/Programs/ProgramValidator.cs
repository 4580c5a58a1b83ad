using System.Diagnostics.CodeAnalysis;
using Pvm2.Runtime.Isa;

namespace Pvm2.Runtime.Programs;

/// <summary>Checks a program against the rules of its profile; a program that passes may be run.</summary>
/// <remarks>
/// The time is linear in the size of the program; the memory is at most 2.3 bytes a byte of code, most of which the block
/// map keeps, and about 40 bytes a name, to see that none is used twice.
/// Rules that the specification leaves open: a program has at least one entry point, since nothing could start it
/// otherwise, and the length of its code is even in both profiles.
/// </remarks>
public static class ProgramValidator
{
    /// <summary>Checks a program.</summary>
    /// <param name="program">The program.</param>
    /// <param name="error">The first broken rule, in the order of the sections.</param>
    /// <returns>Whether no rule is broken.</returns>
    public static bool TryValidate(GuestProgram program, [NotNullWhen(false)] out ProgramError? error) =>
        TryValidate(program, out _, out error);

    /// <summary>Checks a program and hands on its basic blocks, which are needed for that.</summary>
    /// <param name="program">The program.</param>
    /// <param name="blocks">The basic blocks of the code.</param>
    /// <param name="error">The first broken rule, in the order of the sections.</param>
    /// <returns>Whether no rule is broken.</returns>
    public static bool TryValidate(
        GuestProgram program,
        [NotNullWhen(true)] out BasicBlockMap? blocks,
        [NotNullWhen(false)] out ProgramError? error)
    {
        ArgumentNullException.ThrowIfNull(program);
        blocks = null;
        error = FormRules.FindError(program) ?? CodeRules.FindSizeError(program);
        if (error is not null)
        {
            return false;
        }

        var scan = CodeScan.Run(program.Code.Span, program.Profile);
        var found = new BasicBlockMap(scan);
        error = CodeRules.FindError(program, scan, found)
            ?? JumpTableRules.FindError(program, found)
            ?? RegionRules.FindError(program)
            ?? FindEntryPointError(program, found);
        blocks = error is null ? found : null;
        return error is null;
    }

    private static ProgramError? FindEntryPointError(GuestProgram program, BasicBlockMap blocks)
    {
        if (program.EntryPoints.Count == 0)
        {
            return new ProgramError(ProgramSection.EntryPoints, 0, default, "a program has at least one entry point");
        }

        for (var i = 0; i < program.EntryPoints.Count; i++)
        {
            var (name, offset) = program.EntryPoints[i];
            if (!blocks.IsStart(offset))
            {
                return new ProgramError(
                    ProgramSection.EntryPoints, i, default, $"{NameRules.Quote(name)} is at 0x{offset:x}, where no block starts");
            }
        }

        return null;
    }
}

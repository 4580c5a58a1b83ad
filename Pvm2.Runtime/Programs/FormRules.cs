using Pvm2.Runtime.Isa;

namespace Pvm2.Runtime.Programs;

/// <summary>
/// What a program must be to have a container at all, whatever its profile: a container cannot say the contrary,
/// so that only programs built in memory can break these rules.
/// </summary>
internal static class FormRules
{
    internal static ProgramError? FindError(GuestProgram program)
    {
        if (program.IsFromContainer)
        {
            return null;
        }

        if (!Enum.IsDefined(program.Profile))
        {
            return new ProgramError(ProgramSection.Header, 0, default, $"{(int)program.Profile} is no profile");
        }

        if ((program.Code.Length & 1) != 0)
        {
            return new ProgramError(
                ProgramSection.Code, program.Code.Length - 1, program.Code[^1..], "the length of the code is odd");
        }

        return FindTableError(program.JumpTables)
            ?? FindRegionError(program)
            ?? NameRules.FindError(program);
    }

    private static ProgramError? FindTableError(JumpTables tables)
    {
        var boundaries = tables.Boundaries.Span;
        var entries = tables.Entries.Span;
        if (boundaries.IsEmpty ? !entries.IsEmpty : boundaries[0] != 0 || boundaries[^1] != (uint)entries.Length)
        {
            return TableError(0, $"the boundaries do not run from 0 to the {entries.Length} entries");
        }

        for (var table = 0; table < tables.Count; table++)
        {
            if (boundaries[table + 1] < boundaries[table])
            {
                return TableError(table, $"boundary {boundaries[table + 1]} follows {boundaries[table]}: boundaries never decrease");
            }
        }

        for (var i = 0; i < entries.Length; i++)
        {
            if ((entries[i] & 1) != 0)
            {
                return TableError(TableOf(boundaries, (uint)i), $"0x{entries[i]:x} is odd: no block starts there");
            }
        }

        return null;
    }

    private static int TableOf(ReadOnlySpan<uint> boundaries, uint entry)
    {
        var table = 0;
        while (boundaries[table + 1] <= entry)
        {
            table++;
        }

        return table;
    }

    private static ProgramError? FindRegionError(GuestProgram program)
    {
        for (var i = 0; i < RegionRules.Sections.Length; i++)
        {
            var region = program.Regions[i];
            var section = RegionRules.Sections[i];
            if (region.Size == 0)
            {
                continue;
            }

            var reason = ((region.Address | region.Size) % AddressSpace.PageSize) != 0
                ? $"0x{region.Size:x} bytes at 0x{region.Address:x} are not whole pages of 4 KiB"
                : section is ProgramSection.Stack or ProgramSection.Heap && !region.Chunks.IsEmpty
                    ? "a stack and a heap are zero at the start"
                    : null;
            if (reason is not null)
            {
                return new ProgramError(section, region.Address, default, reason);
            }
        }

        return null;
    }

    private static ProgramError TableError(int table, string reason) =>
        new(ProgramSection.JumpTables, table, default, reason);
}

using Pvm2.Runtime.Isa;

namespace Pvm2.Runtime.Programs;

/// <summary>What the profiles demand of jump tables whose form is right.</summary>
internal static class JumpTableRules
{
    internal static ProgramError? FindError(GuestProgram program, BasicBlockMap blocks)
    {
        var tables = program.JumpTables;
        if (program.Profile == Profile.Xjar && tables.Count != 0)
        {
            return Error(0, "the xjar profile has no jump tables");
        }

        if (tables.Count > AddressSpace.MaxJumpTables)
        {
            return Error(
                AddressSpace.MaxJumpTables,
                $"{tables.Count} tables are more than the {AddressSpace.MaxJumpTables} that br_table can name");
        }

        for (var table = 0; table < tables.Count; table++)
        {
            var entries = tables[table];
            for (var i = 0; i < entries.Length; i++)
            {
                if (!blocks.IsStart(entries[i]))
                {
                    return Error(table, $"entry {i} of the table is 0x{entries[i]:x}, where no block starts");
                }
            }
        }

        return null;
    }

    private static ProgramError Error(int table, string reason) =>
        new(ProgramSection.JumpTables, table, default, reason);
}

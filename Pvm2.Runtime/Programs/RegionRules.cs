using Pvm2.Runtime.Isa;

namespace Pvm2.Runtime.Programs;

/// <summary>What the profiles demand of the data regions: whole pages, apart from each other, inside their space.</summary>
internal static class RegionRules
{
    /// <summary>The sections of <see cref="GuestProgram.Regions"/>, in its order.</summary>
    internal static ReadOnlySpan<ProgramSection> Sections =>
        [ProgramSection.ReadOnlyData, ProgramSection.ReadWriteData, ProgramSection.Stack, ProgramSection.Heap];

    internal static ProgramError? FindError(GuestProgram program)
    {
        var lowest = program.Profile == Profile.Static ? AddressSpace.StaticDataBase : AddressSpace.DataBase;
        var regions = program.Regions;
        for (var i = 0; i < regions.Count; i++)
        {
            var reason = regions[i].Size == 0 ? null : FindFault(regions, i, lowest);
            if (reason is not null)
            {
                return new ProgramError(Sections[i], regions[i].Address, default, reason);
            }
        }

        return null;
    }

    private static string? FindFault(IReadOnlyList<MemoryRegion> regions, int index, uint lowest)
    {
        var region = regions[index];
        if (region.Address < lowest)
        {
            return $"the region starts at 0x{region.Address:x}, below 0x{lowest:x}";
        }

        if (region.End > AddressSpace.Size)
        {
            return $"the region ends at 0x{region.End:x}, beyond the address space of 4 GiB";
        }

        for (var other = 0; other < index; other++)
        {
            if (regions[other].Size != 0 && region.Address < regions[other].End && regions[other].Address < region.End)
            {
                return $"the region 0x{region.Address:x} to 0x{region.End:x} overlaps {Sections[other]}";
            }
        }

        return null;
    }
}

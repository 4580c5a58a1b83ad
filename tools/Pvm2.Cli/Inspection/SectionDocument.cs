using Pvm2.Cli.Output;
using Pvm2.Runtime.Programs;

namespace Pvm2.Cli.Inspection;

/// <summary>A section of a program.</summary>
/// <param name="Name">Which one.</param>
/// <param name="Address">Its first guest address; null where the guest has no address for it.</param>
/// <param name="MemoryBytes">Bytes of guest memory that it declares.</param>
/// <param name="StoredBytes">Bytes that it takes in the container.</param>
internal sealed record SectionDocument(string Name, string? Address, long MemoryBytes, int StoredBytes)
{
    /// <summary>Describes all sections that are not empty.</summary>
    public static IReadOnlyList<SectionDocument> ListOf(GuestProgram program, int containerSize)
    {
        SectionDocument Describe(ProgramSection section, string? address = null, long memory = 0) => new(
            section.Word(), address, memory, StoredSizes.Of(program, containerSize, section));

        SectionDocument DescribeRegion(ProgramSection section, MemoryRegion region) =>
            Describe(section, region.Size == 0 ? null : Hex.Address(region.Address), region.Size);

        // Only xjar code is memory that the guest can see.
        var code = program.CodeBase == 0
            ? Describe(ProgramSection.Code)
            : Describe(ProgramSection.Code, Hex.Address(program.CodeBase), program.Code.Length);
        SectionDocument[] all =
        [
            code,
            Describe(ProgramSection.JumpTables),
            DescribeRegion(ProgramSection.ReadOnlyData, program.ReadOnlyData),
            DescribeRegion(ProgramSection.ReadWriteData, program.ReadWriteData),
            DescribeRegion(ProgramSection.Stack, program.Stack),
            DescribeRegion(ProgramSection.Heap, program.Heap),
            Describe(ProgramSection.EntryPoints),
            Describe(ProgramSection.Symbols),
            Describe(ProgramSection.BuildNotes),
        ];
        return [.. all.Where(section => section.MemoryBytes != 0 || section.StoredBytes != 0)];
    }
}

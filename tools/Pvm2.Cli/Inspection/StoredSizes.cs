using Pvm2.Runtime.Programs;

namespace Pvm2.Cli.Inspection;

/// <summary>Tells how many bytes of a container a section takes: those by which it shrinks without the section.</summary>
internal static class StoredSizes
{
    /// <summary>The bytes that a section takes in the program's container.</summary>
    /// <param name="program">The program.</param>
    /// <param name="containerSize">Bytes of its container.</param>
    /// <param name="section">Any section but the header.</param>
    public static int Of(GuestProgram program, int containerSize, ProgramSection section) =>
        section == ProgramSection.Code
            ? program.Code.Length
            : containerSize - ProgramWriter.Write(Without(program, section)).Length;

    private static GuestProgram Without(GuestProgram program, ProgramSection section) => new()
    {
        Profile = program.Profile,
        Code = program.Code,
        JumpTables = section == ProgramSection.JumpTables ? JumpTables.None : program.JumpTables,
        ReadOnlyData = section == ProgramSection.ReadOnlyData ? MemoryRegion.None : program.ReadOnlyData,
        ReadWriteData = section == ProgramSection.ReadWriteData ? MemoryRegion.None : program.ReadWriteData,
        Stack = section == ProgramSection.Stack ? MemoryRegion.None : program.Stack,
        Heap = section == ProgramSection.Heap ? MemoryRegion.None : program.Heap,
        EntryPoints = section == ProgramSection.EntryPoints ? [] : program.EntryPoints,
        Symbols = section == ProgramSection.Symbols ? [] : program.Symbols,
        BuildNotes = section == ProgramSection.BuildNotes ? [] : program.BuildNotes,
    };
}

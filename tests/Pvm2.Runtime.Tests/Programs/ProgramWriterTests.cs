using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Programs;
using Xunit;

namespace Pvm2.Runtime.Tests.Programs;

public sealed class ProgramWriterTests
{
    private static readonly byte[] Trap = [0x0B, 0, 0, 0];

    [Fact]
    public void What_no_container_can_say_is_refused()
    {
        Refuse(new() { Profile = (Profile)9, Code = Trap });
        Refuse(new() { Profile = Profile.Static, Code = new byte[3] });
        Refuse(new() { Profile = Profile.Static, Code = Trap, JumpTables = new JumpTables(new uint[] { 0, 2, 1 }, new uint[1]) });
        Refuse(new() { Profile = Profile.Static, Code = Trap, JumpTables = JumpTables.Create([[1]]) });
        Refuse(new() { Profile = Profile.Static, Code = Trap, ReadOnlyData = new MemoryRegion(0x1_0001, 0x1000) });
        Refuse(new() { Profile = Profile.Static, Code = Trap, Heap = new MemoryRegion(0x1_0000, 0x1000, Trap) });
        Refuse(new() { Profile = Profile.Static, Code = Trap, EntryPoints = [new("", 0)] });
        Refuse(new() { Profile = Profile.Static, Code = Trap, Symbols = [new("a", 6)] });
        Refuse(new() { Profile = Profile.Static, Code = Trap, BuildNotes = [new("a", "b"), new("a", "c")] });
        Assert.Throws<ArgumentNullException>(() => ProgramWriter.Write(null!));

        static void Refuse(GuestProgram program) => Assert.Throws<ArgumentException>(() => ProgramWriter.Write(program));
    }

    [Fact]
    public void An_invalid_program_can_be_written_and_read_to_be_looked_at()
    {
        var program = new GuestProgram
        {
            Profile = Profile.Static,
            Code = new byte[2],
            JumpTables = JumpTables.Create([[0xFFFF_FFFE, 0, 0xFFFF_FFFE]]),
            ReadOnlyData = new MemoryRegion(0, 0x1000),
            ReadWriteData = new MemoryRegion(0, 0x1000),
        };
        Assert.False(ProgramValidator.TryValidate(program, out _));
        Assert.True(ProgramReader.TryRead(ProgramWriter.Write(program), out var read, out var error), error?.ToString());
        Assert.Equal([0xFFFF_FFFEu, 0u, 0xFFFF_FFFEu], read.JumpTables[0].ToArray());
        Assert.Equal(0x1000u, read.ReadWriteData.Size);
        Assert.False(ProgramValidator.TryValidate(read, out _));
    }

    [Fact]
    public void The_address_of_a_region_without_pages_is_not_kept()
    {
        var program = new GuestProgram { Profile = Profile.Static, Code = Trap, Heap = new MemoryRegion(0x1_2345, 0) };
        var without = new GuestProgram { Profile = Profile.Static, Code = Trap };
        Assert.Equal(ProgramWriter.Write(without), ProgramWriter.Write(program));
    }
}

using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Programs;
using Xunit;

namespace Pvm2.Runtime.Tests.Programs;

public sealed class ContainerRoundTripTests
{
    [Theory]
    [InlineData(Profile.Static)]
    [InlineData(Profile.Xjar)]
    public void A_program_comes_back_as_it_was_written(Profile profile)
    {
        var random = new Random(21);
        for (var round = 0; round < 2000; round++)
        {
            var program = RandomPrograms.Make(random, profile);
            Assert.True(ProgramValidator.TryValidate(program, out var ruleError), ruleError?.ToString());

            var bytes = ProgramWriter.Write(program);
            Assert.True(ProgramReader.TryRead(bytes, out var read, out var error), error?.ToString());
            AssertSame(program, read);
            Assert.Equal(bytes, ProgramWriter.Write(read));
        }
    }

    [Fact]
    public void The_order_in_which_a_producer_names_things_does_not_matter()
    {
        var names = new[] { "b", "a", "\U0001D501", "\uFFFD" };
        var program = Program([.. names.Select(n => new EntryPoint(n, 0))], [.. names.Select(n => new CodeSymbol(n, 0)), new("z", 0)]);
        var reordered = Program(
            [new("b", 0), new("\uFFFD", 0), new("\U0001D501", 0), new("a", 0)], [new("z", 0), .. program.Symbols.SkipLast(1)]);
        var bytes = ProgramWriter.Write(program);
        Assert.Equal(bytes, ProgramWriter.Write(reordered));
        Assert.True(ProgramReader.TryRead(bytes, out var read, out _));

        // By UTF-8 the replacement character comes before a letter beyond the basic plane; by UTF-16 after it.
        Assert.Equal(["b", "a", "\uFFFD", "\U0001D501"], read.EntryPoints.Select(e => e.Name));
        Assert.Equal(["a", "b", "z", "\uFFFD", "\U0001D501"], read.Symbols.Select(s => s.Name));

        static GuestProgram Program(EntryPoint[] entryPoints, CodeSymbol[] symbols) => new()
        {
            Profile = Profile.Static,
            Code = new byte[] { 0x0B, 0, 0, 0 },
            EntryPoints = entryPoints,
            Symbols = symbols,
        };
    }

    [Fact]
    public void Zeros_cost_nothing()
    {
        var content = new byte[1 << 20];
        content[^1] = 1;
        var program = new GuestProgram
        {
            Profile = Profile.Static,
            Code = new byte[] { 0x0B, 0, 0, 0 },
            ReadWriteData = new MemoryRegion(0x1_0000, 0xFFFF_0000, content),
            EntryPoints = [new("a", 0)],
        };
        var bytes = ProgramWriter.Write(program);
        Assert.InRange(bytes.Length, 1, 40);
        Assert.True(ProgramReader.TryRead(bytes, out var read, out _));
        AssertSame(program, read);
    }

    private static void AssertSame(GuestProgram expected, GuestProgram actual)
    {
        Assert.Equal(expected.Profile, actual.Profile);
        Assert.Equal(expected.Code.ToArray(), actual.Code.ToArray());
        Assert.Equal(expected.JumpTables.Count, actual.JumpTables.Count);
        for (var table = 0; table < expected.JumpTables.Count; table++)
        {
            Assert.Equal(expected.JumpTables[table].ToArray(), actual.JumpTables[table].ToArray());
        }

        for (var i = 0; i < expected.Regions.Count; i++)
        {
            AssertSame(expected.Regions[i], actual.Regions[i]);
        }

        Assert.Equal(expected.EntryPoints[0], actual.EntryPoints[0]);
        Assert.Equal(expected.EntryPoints.ToHashSet(), actual.EntryPoints.ToHashSet());
        Assert.Equal(expected.Symbols.ToHashSet(), actual.Symbols.ToHashSet());
        Assert.Equal(expected.BuildNotes.ToHashSet(), actual.BuildNotes.ToHashSet());
    }

    private static void AssertSame(MemoryRegion expected, MemoryRegion actual)
    {
        Assert.Equal(expected.Size, actual.Size);
        Assert.Equal(expected.Size == 0 ? 0 : expected.Address, actual.Address);
        Assert.Equal(expected.Chunks.Length, actual.Chunks.Length);
        for (var i = 0; i < expected.Chunks.Length; i++)
        {
            Assert.Equal(expected.Chunks[i].Offset, actual.Chunks[i].Offset);
            Assert.Equal(expected.Chunks[i].Bytes.ToArray(), actual.Chunks[i].Bytes.ToArray());
        }
    }
}

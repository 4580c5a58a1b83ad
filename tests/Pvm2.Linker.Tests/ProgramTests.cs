using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Programs;
using Pvm2.TestKit;
using Xunit;

namespace Pvm2.Linker.Tests;

/// <summary>Real programs, linked and run: what they compute tells whether the linker understood them.</summary>
public sealed class ProgramTests
{
    private static readonly string GuestFolder = Repository.PathOf("bench/guests");

    public static TheoryData<string, ulong, Profile, bool> Fixtures()
    {
        var data = new TheoryData<string, ulong, Profile, bool>();
        foreach (var (name, result) in Fixture.ReadNumbers(Fixture.PathOf("programs/expected.txt")))
        {
            data.Add(name, result, Profile.Static, true);
            data.Add(name, result, Profile.Static, false);
            data.Add(name, result, Profile.Xjar, true);
            data.Add(name, result, Profile.Xjar, false);
        }

        return data;
    }

    public static TheoryData<string, ulong, Profile> Guests()
    {
        var data = new TheoryData<string, ulong, Profile>();
        foreach (var (name, result) in Fixture.ReadNumbers(Path.Combine(GuestFolder, "expected.txt")))
        {
            data.Add(name, result, Profile.Static);
            data.Add(name, result, Profile.Xjar);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Fixtures))]
    public void A_program_computes_what_a_host_computes(string name, ulong result, Profile profile, bool compress)
    {
        var options = new LinkOptions
        {
            Profile = profile,
            Compress = compress,
            StackSize = 128 * 1024,
            HeapSize = 64 * 1024,
        };
        var linked = Runner.Link(Fixture.ReadElf(name), options);
        Assert.Equal(result, Runner.Run(linked.Program!));
    }

    [Theory]
    [MemberData(nameof(Guests))]
    public void A_guest_leaves_its_checksum(string name, ulong result, Profile profile)
    {
        var elf = File.ReadAllBytes(Path.Combine(GuestFolder, $"built/elf/{name}.elf"));
        var linked = Runner.Link(elf, new LinkOptions { Profile = profile, HeapSize = 1 << 20 });
        Assert.Equal(result, Runner.Run(linked.Program!));
    }

    [Theory]
    [InlineData(Profile.Static)]
    [InlineData(Profile.Xjar)]
    public void Exported_functions_are_entry_points(Profile profile)
    {
        var options = new LinkOptions { Profile = profile, Exports = ["by_name"] };
        var program = Runner.Link(Fixture.ReadElf("exports"), options).Program!;
        Assert.Equal(["_start", "by_name", "hidden", "twice"], program.EntryPoints.Select(e => e.Name));
        Assert.Equal(42ul, Runner.Run(program));
        Assert.Equal(14ul, Runner.Run(program, "twice", 7));
        Assert.Equal(8ul, Runner.Run(program, "hidden", 7));
        Assert.Equal(21ul, Runner.Run(program, "by_name", 7));
    }

    [Fact]
    public void An_export_that_does_not_exist_is_an_error()
    {
        var result = ElfLinker.Link(Fixture.ReadElf("exports"), new LinkOptions { Exports = ["nobody"] });
        var error = Assert.Single(result.Errors);
        Assert.Equal("nobody", error.Symbol);
        Assert.Contains("defines no function", error.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Profile.Static)]
    [InlineData(Profile.Xjar)]
    public void The_same_input_gives_the_same_bytes(Profile profile)
    {
        var elf = Fixture.ReadElf("features-medany");
        var options = new LinkOptions { Profile = profile };
        var first = Runner.Link(elf, options);
        var second = Runner.Link([.. elf], options);
        Assert.Equal(ProgramWriter.Write(first.Program!), ProgramWriter.Write(second.Program!));
        Assert.Equal(first.Map!.ToString(), second.Map!.ToString());
    }

    [Fact]
    public void Compression_makes_code_smaller()
    {
        var elf = Fixture.ReadElf("features-wide-code");
        var small = Runner.Link(elf, new LinkOptions()).Program!.Code.Length;
        var large = Runner.Link(elf, new LinkOptions { Compress = false }).Program!.Code.Length;
        Assert.InRange(small, 1, large * 3 / 4);
    }

    [Fact]
    public void Symbols_name_places_in_the_code_unless_they_are_not_wanted()
    {
        var elf = Fixture.ReadElf("features-medany");
        var program = Runner.Link(elf, new LinkOptions()).Program!;
        Assert.Contains(program.Symbols, s => s.Name == "threaded" && s.Offset > 0);
        Assert.Empty(Runner.Link(elf, new LinkOptions { KeepSymbols = false }).Program!.Symbols);
    }
}

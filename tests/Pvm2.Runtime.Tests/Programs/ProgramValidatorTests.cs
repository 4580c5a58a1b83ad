using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Programs;
using Xunit;

namespace Pvm2.Runtime.Tests.Programs;

/// <summary>Every rule that a program can break, in both profiles.</summary>
public sealed class ProgramValidatorTests
{
    /// <summary>In hexadecimal: <c>c.nop; trap</c>, so that 2 is no block start.</summary>
    private const string NopTrap = "0100 0b000000";

    [Theory]
    [InlineData(Profile.Static)]
    [InlineData(Profile.Xjar)]
    public void A_sound_program_is_accepted_with_its_blocks(Profile profile)
    {
        var program = Program("01a0 0b400000 0b000000", profile);
        Assert.True(ProgramValidator.TryValidate(program, out var blocks, out var error), error?.ToString());
        Assert.Equal([0u, 2u, 6u], blocks.Starts.ToArray());
    }

    [Theory]
    [InlineData("0100 0000", 2, "0000", "the all-zero halfword")]
    [InlineData("0b000000 8280", 4, "8280", "the static profile forbids this instruction")] // c.jr ra
    [InlineData("8290", 0, "8290", "the static profile forbids this instruction")] // c.jalr ra
    [InlineData("67800000", 0, "67800000", "the static profile forbids this instruction")] // jalr ra
    [InlineData("17050000", 0, "17050000", "the static profile forbids this instruction")] // auipc
    [InlineData("73000000", 0, "73000000", "the static profile forbids this instruction")] // ecall
    [InlineData("73001000", 0, "73001000", "the static profile forbids this instruction")] // ebreak
    [InlineData("0290", 0, "0290", "the static profile forbids this instruction")] // c.ebreak
    [InlineData("93810100", 0, "93810100", "names x3 (gp) or x4 (tp)")] // addi gp, gp, 0
    [InlineData("13080000", 0, "13080000", "a register beyond x15")] // addi a6, x0, 0
    [InlineData("0100 1305", 2, "1305", "cuts the instruction off")]
    [InlineData("1f000000 0000", 0, "1f000000", "longer than 32 bits")]
    [InlineData("2b000000", 0, "2b000000", "reserved")] // custom-1
    [InlineData("0b500000", 0, "0b500000", "reserved")] // custom-0, funct3 101
    [InlineData("53000000", 0, "53000000", "floating point")]
    [InlineData("2fa50500", 0, "2fa50500", "atomics")]
    [InlineData("731000c0", 0, "731000c0", "control and status registers")]
    [InlineData("63040000", 0, "63040000", "beq goes to 0x8, outside the code")]
    [InlineData("63010000", 0, "63010000", "beq goes to 0x2, where no block starts")]
    [InlineData("e30e00fe", 0, "e30e00fe", "beq goes to -0x4, outside the code")]
    [InlineData("6f004000", 0, "6f004000", "jal goes to 0x4, outside the code")]
    [InlineData("6ff0ffff", 0, "6ff0ffff", "jal goes to -0x2, outside the code")]
    [InlineData("0100 0100 fdbf", 4, "fdbf", "c.j goes to 0x2, where no block starts")]
    [InlineData("11c1 0100 0b000000", 0, "11c1", "c.beqz goes to 0x4, where no block starts")]
    [InlineData("0bb00000", 0, "0bb00000", "br_table names table 0, but the program has 0")]
    public void Static_code_must_be_legal_and_go_to_block_starts(string code, long offset, string bytes, string reason)
    {
        AssertRejected(Program(code), ProgramSection.Code, offset, bytes, reason);
    }

    [Theory]
    [InlineData("0000")]
    [InlineData("8280")]
    [InlineData("63010000")]
    [InlineData("6f004000")]
    [InlineData("0bb00000")]
    [InlineData("0100 1305")]
    [InlineData("2b000000 1f000000 53000000")]
    public void Xjar_code_may_be_anything(string code)
    {
        Assert.True(ProgramValidator.TryValidate(Program(code, Profile.Xjar), out var error), error?.ToString());
    }

    [Fact]
    public void The_first_illegal_encoding_is_named()
    {
        AssertRejected(Program("0100 6f00e07f 0000 8280"), ProgramSection.Code, 2, "6f00e07f", "jal goes to 0x800");
        AssertRejected(Program("0100 0000 6f00e07f 8280"), ProgramSection.Code, 2, "0000", "all-zero");
    }

    [Theory]
    [InlineData(Profile.Static)]
    [InlineData(Profile.Xjar)]
    public void Code_has_an_even_length(Profile profile)
    {
        AssertRejected(Program("0b000000 01", profile), ProgramSection.Code, 4, "01", "the length of the code is odd");
    }

    [Fact]
    public void Xjar_code_is_at_most_252_MiB()
    {
        var tooLong = new GuestProgram { Profile = Profile.Xjar, Code = new byte[(252 << 20) + 2], EntryPoints = [new("a", 0)] };
        AssertRejected(tooLong, ProgramSection.Code, 252 << 20, "", "more than the 264241152 of the xjar profile");
    }

    [Fact]
    public void Jump_tables_hold_block_starts()
    {
        AssertRejected(Tables([[0], [0, 2]]), ProgramSection.JumpTables, 1, "", "entry 1 of the table is 0x2, where no block starts");
        AssertRejected(Tables([[6]]), ProgramSection.JumpTables, 0, "", "0x6, where no block starts");
        AssertRejected(Tables([[0], [], [1]]), ProgramSection.JumpTables, 2, "", "0x1 is odd");
        AssertAccepted(Tables([[0], [], [0, 0]]));
    }

    [Fact]
    public void There_are_at_most_4096_jump_tables()
    {
        var tables = new uint[4097][];
        Array.Fill(tables, [0u]);
        AssertAccepted(Tables(tables[1..]));
        AssertRejected(Tables(tables), ProgramSection.JumpTables, 4096, "", "4097 tables are more than the 4096");
    }

    [Fact]
    public void A_br_table_names_a_table_that_exists()
    {
        AssertAccepted(Tables([[0], [0]], "0bb01000"));
        AssertRejected(Tables([[0]], "0bb01000"), ProgramSection.Code, 0, "0bb01000", "names table 1, but the program has 1");

        // The table number is unsigned: 4095, and not -1.
        AssertRejected(Tables([[0]], "0bb0f0ff"), ProgramSection.Code, 0, "0bb0f0ff", "names table 4095");
    }

    [Fact]
    public void Table_boundaries_run_from_zero_to_the_entries_and_never_decrease()
    {
        AssertAccepted(Boundaries([0, 1, 1, 2], 2));
        AssertAccepted(Boundaries([0], 0));
        AssertRejected(Boundaries([0, 2, 1, 2], 2), ProgramSection.JumpTables, 1, "", "boundary 1 follows 2");
        AssertRejected(Boundaries([1, 2], 2), ProgramSection.JumpTables, 0, "", "do not run from 0");
        AssertRejected(Boundaries([0, 1], 2), ProgramSection.JumpTables, 0, "", "do not run from 0 to the 2 entries");
        AssertRejected(Boundaries([0, 3], 2), ProgramSection.JumpTables, 0, "", "do not run from 0 to the 2 entries");
        AssertRejected(Boundaries([], 1), ProgramSection.JumpTables, 0, "", "do not run from 0 to the 1 entries");

        // A boundary in the middle may be anything before it has been looked at.
        AssertRejected(Boundaries([0, uint.MaxValue, 2], 2), ProgramSection.JumpTables, 1, "", "boundary 2 follows 4294967295");
    }

    [Fact]
    public void Xjar_has_no_jump_tables()
    {
        var program = new GuestProgram
        {
            Profile = Profile.Xjar,
            Code = ContainerParts.FromHex(NopTrap),
            JumpTables = JumpTables.Create([[0]]),
            EntryPoints = [new("a", 0)],
        };
        AssertRejected(program, ProgramSection.JumpTables, 0, "", "the xjar profile has no jump tables");
    }

    [Theory]
    [InlineData(Profile.Static, 0x1_0000u, 0x1000u, null)]
    [InlineData(Profile.Static, 0xFFFF_F000u, 0x1000u, null)]
    [InlineData(Profile.Static, 0x1_0000u, 0xFFFF_0000u, null)]
    [InlineData(Profile.Static, 0xF000u, 0x1000u, "0xf000, below 0x10000")]
    [InlineData(Profile.Static, 0u, 0x1000u, "0x0, below 0x10000")]
    [InlineData(Profile.Static, 0x1_0800u, 0x1000u, "not whole pages")]
    [InlineData(Profile.Static, 0x1_0000u, 0x1001u, "not whole pages")]
    [InlineData(Profile.Static, 0x1_0000u, 1u, "not whole pages")]
    [InlineData(Profile.Static, 0xFFFF_F000u, 0x2000u, "ends at 0x100001000, beyond")]
    [InlineData(Profile.Xjar, 0x1000_0000u, 0xF000_0000u, null)]
    [InlineData(Profile.Xjar, 0x0FFF_F000u, 0x1000u, "0xffff000, below 0x10000000")]
    public void A_region_is_whole_pages_in_its_space(Profile profile, uint address, uint size, string? reason)
    {
        ProgramSection[] sections =
            [ProgramSection.ReadOnlyData, ProgramSection.ReadWriteData, ProgramSection.Stack, ProgramSection.Heap];
        for (var i = 0; i < sections.Length; i++)
        {
            var regions = new MemoryRegion[4];
            Array.Fill(regions, MemoryRegion.None);
            regions[i] = new MemoryRegion(address, size);
            if (reason is null)
            {
                AssertAccepted(Regions(profile, regions));
            }
            else
            {
                AssertRejected(Regions(profile, regions), sections[i], address, "", reason);
            }
        }
    }

    [Fact]
    public void Regions_do_not_overlap()
    {
        var (a, b) = (new MemoryRegion(0x1_0000, 0x2000), new MemoryRegion(0x1_1000, 0x2000));
        AssertRejected(Regions(Profile.Static, a, b), ProgramSection.ReadWriteData, 0x1_1000, "", "overlaps ReadOnlyData");
        AssertRejected(Regions(Profile.Static, b, a), ProgramSection.ReadWriteData, 0x1_0000, "", "overlaps ReadOnlyData");
        AssertRejected(Regions(Profile.Static, MemoryRegion.None, a, MemoryRegion.None, a), ProgramSection.Heap, 0x1_0000, "", "overlaps ReadWriteData");
        AssertRejected(
            Regions(Profile.Static, new(0x1_0000, 0x9000), MemoryRegion.None, a), ProgramSection.Stack, 0x1_0000, "", "0x10000 to 0x12000 overlaps");
        AssertAccepted(Regions(Profile.Static, a, new(0x1_2000, 0x1000), new(0x1_3000, 0x1000), new(0xFFFF_F000, 0x1000)));
    }

    [Fact]
    public void Stack_and_heap_are_zero_at_the_start()
    {
        var filled = new MemoryRegion(0x1_0000, 0x1000, new byte[] { 0, 1 });
        var none = MemoryRegion.None;
        AssertRejected(Regions(Profile.Static, none, none, filled), ProgramSection.Stack, 0x1_0000, "", "zero at the start");
        AssertRejected(Regions(Profile.Static, none, none, none, filled), ProgramSection.Heap, 0x1_0000, "", "zero at the start");
        AssertAccepted(Regions(Profile.Static, none, none, none, new(0x1_0000, 0x1000, new byte[0x1000])));
    }

    [Fact]
    public void Entry_points_are_block_starts_and_there_is_one()
    {
        AssertRejected(Named([]), ProgramSection.EntryPoints, 0, "", "at least one entry point");
        AssertRejected(Named([new("a", 0), new("b", 2)]), ProgramSection.EntryPoints, 1, "", "'b' is at 0x2, where no block starts");
        AssertRejected(Named([new("a", 6)]), ProgramSection.EntryPoints, 0, "", "where no block starts");
        AssertRejected(Named([new("a", 1)]), ProgramSection.EntryPoints, 0, "", "which is odd");
        AssertRejected(Named([new("a", 0xFFFF_FFFE)]), ProgramSection.EntryPoints, 0, "", "where no block starts");
        var empty = new GuestProgram { Profile = Profile.Static, Code = default, EntryPoints = [new("a", 0)] };
        AssertRejected(empty, ProgramSection.EntryPoints, 0, "", "where no block starts");
    }

    [Fact]
    public void Names_are_text_and_unique()
    {
        AssertRejected(Named([new("", 0)]), ProgramSection.EntryPoints, 0, "", "is empty");
        AssertRejected(Named([new("a", 0), new("a", 0)]), ProgramSection.EntryPoints, 1, "", "'a' is taken");
        AssertRejected(Named([new("a\n", 0)]), ProgramSection.EntryPoints, 0, "", "control character");
        AssertRejected(Named([new("\u009B", 0)]), ProgramSection.EntryPoints, 0, "", "control character");
        AssertRejected(Named([new("\uD800", 0)]), ProgramSection.EntryPoints, 0, "", "unpaired surrogate");
        AssertRejected(Named([new("\uDC00\uD800", 0)]), ProgramSection.EntryPoints, 0, "", "unpaired surrogate");
        AssertAccepted(Named([new("\uFFFD", 0), new("\U0001D501", 0)]));

        AssertRejected(Named([new("a", 0)], [new("", 0)]), ProgramSection.Symbols, 0, "", "is empty");
        AssertRejected(Named([new("a", 0)], [new("x", 0), new("x", 0)]), ProgramSection.Symbols, 1, "", "'x' names 0x0 twice");
        AssertRejected(Named([new("a", 0)], [new("x", 3)]), ProgramSection.Symbols, 0, "", "which is odd");
        AssertRejected(Named([new("a", 0)], [new("x", 8)]), ProgramSection.Symbols, 0, "", "outside the code");
        AssertAccepted(Named([new("a", 0)], [new("x", 0), new("x", 2), new("y", 2), new("end", 6)]));

        AssertRejected(Named([new("a", 0)], [], [new("", "v")]), ProgramSection.BuildNotes, 0, "", "is empty");
        AssertRejected(Named([new("a", 0)], [], [new("k", "v"), new("k", "w")]), ProgramSection.BuildNotes, 1, "", "'k' is taken");
        AssertRejected(Named([new("a", 0)], [], [new("k", "\0")]), ProgramSection.BuildNotes, 0, "", "control character");
        AssertAccepted(Named([new("a", 0)], [], [new("k", "")]));
    }

    [Fact]
    public void A_long_name_is_cut_off_in_the_message()
    {
        var program = Named([new(new string('n', 1_000_000), 2)]);
        Assert.False(ProgramValidator.TryValidate(program, out var error));
        Assert.InRange(error.Reason.Length, 100, 200);
    }

    [Fact]
    public void The_profile_is_one_of_the_two()
    {
        AssertRejected(Program(NopTrap, (Profile)2), ProgramSection.Header, 0, "", "2 is no profile");
    }

    [Fact]
    public void The_message_tells_section_offset_bytes_and_reason()
    {
        Assert.False(ProgramValidator.TryValidate(Program("0100 0000"), out var error));
        Assert.Equal("Code at 0x2 (0000): illegal instruction: the all-zero halfword is no instruction", error.ToString());
    }

    private static GuestProgram Program(string code, Profile profile = Profile.Static) =>
        new() { Profile = profile, Code = ContainerParts.FromHex(code), EntryPoints = [new("a", 0)] };

    private static GuestProgram Tables(uint[][] tables, string code = NopTrap) => new()
    {
        Profile = Profile.Static,
        Code = ContainerParts.FromHex(code),
        JumpTables = JumpTables.Create(tables),
        EntryPoints = [new("a", 0)],
    };

    private static GuestProgram Boundaries(uint[] boundaries, int entries) => new()
    {
        Profile = Profile.Static,
        Code = ContainerParts.FromHex(NopTrap),
        JumpTables = new JumpTables(boundaries, new uint[entries]),
        EntryPoints = [new("a", 0)],
    };

    private static GuestProgram Regions(Profile profile, params MemoryRegion[] regions) => new()
    {
        Profile = profile,
        Code = ContainerParts.FromHex(NopTrap),
        ReadOnlyData = regions.ElementAtOrDefault(0) ?? MemoryRegion.None,
        ReadWriteData = regions.ElementAtOrDefault(1) ?? MemoryRegion.None,
        Stack = regions.ElementAtOrDefault(2) ?? MemoryRegion.None,
        Heap = regions.ElementAtOrDefault(3) ?? MemoryRegion.None,
        EntryPoints = [new("a", 0)],
    };

    private static GuestProgram Named(EntryPoint[] entryPoints, CodeSymbol[]? symbols = null, BuildNote[]? notes = null) => new()
    {
        Profile = Profile.Static,
        Code = ContainerParts.FromHex(NopTrap),
        EntryPoints = entryPoints,
        Symbols = symbols ?? [],
        BuildNotes = notes ?? [],
    };

    private static void AssertAccepted(GuestProgram program) =>
        Assert.True(ProgramValidator.TryValidate(program, out var error), error?.ToString());

    private static void AssertRejected(GuestProgram program, ProgramSection section, long offset, string bytes, string reason)
    {
        Assert.False(ProgramValidator.TryValidate(program, out var blocks, out var error));
        Assert.Null(blocks);
        Assert.Equal(section, error.Section);
        Assert.Contains(reason, error.Reason, StringComparison.Ordinal);
        Assert.Equal(offset, error.Offset);
        Assert.Equal(bytes, Convert.ToHexStringLower(error.Bytes.Span));
    }
}

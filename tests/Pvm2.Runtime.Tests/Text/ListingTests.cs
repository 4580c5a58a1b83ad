using Pvm2.Linker;
using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Programs;
using Pvm2.Runtime.Text;
using Pvm2.TestKit;
using Xunit;

namespace Pvm2.Runtime.Tests.Text;

/// <summary>A listing assembles back to the program that it was made of, byte for byte.</summary>
public sealed class ListingTests
{
    private static readonly DisassemblyOptions Bare = new() { UseAliases = false, ShowEncodings = false, GasModel = GasModel.None };

    public static TheoryData<string, Profile> Guests()
    {
        var data = new TheoryData<string, Profile>();
        foreach (var path in Directory.EnumerateFiles(Repository.PathOf("bench/guests/built/elf"), "*.elf").Order(StringComparer.Ordinal))
        {
            data.Add(Path.GetFileName(path), Profile.Static);
            data.Add(Path.GetFileName(path), Profile.Xjar);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Guests))]
    public void A_guest_comes_back(string file, Profile profile)
    {
        var elf = File.ReadAllBytes(Repository.PathOf($"bench/guests/built/elf/{file}"));
        var linked = ElfLinker.Link(elf, new LinkOptions { Profile = profile, HeapSize = 1 << 20 });
        Assert.True(linked.Succeeded, string.Join('\n', linked.Errors));
        AssertComesBack(linked.Program!, new DisassemblyOptions());
        AssertComesBack(linked.Program!, Bare);
    }

    [Theory]
    [InlineData(Profile.Static)]
    [InlineData(Profile.Xjar)]
    public void A_random_program_comes_back(Profile profile)
    {
        var programs = new RandomPrograms(seed: 20 + (int)profile);
        for (var i = 0; i < 300; i++)
        {
            var program = programs.Next(profile);
            Assert.True(ProgramValidator.TryValidate(program, out var error), error?.ToString());
            AssertComesBack(program, i % 2 == 0 ? new DisassemblyOptions() : Bare);
        }
    }

    [Fact]
    public void Blocks_are_marked_with_their_gas()
    {
        var program = Assembly.Program("""
            main:
                addi a0, a0, 1
                bnez a0, main
                nop
                ecalli 0
            """);

        Assert.Equal(
            """
                .profile static
                .option norvc
                .entry main, main

                .text

            # block 0, gas 18
            main:
                c.addi a0, 1                           # 00000000  0505
                c.bnez a0, main                        # 00000002  7dfd

            # block 1, gas 97
                c.nop                                  # 00000004  0100
                ecalli 0                               # 00000006  0b200000

            """.ReplaceLineEndings("\n"),
            Disassembler.Disassemble(program));
        Assert.Contains("# block 1, gas 2\n", Disassembler.Disassemble(program, new DisassemblyOptions { GasModel = GasModel.Flat }), StringComparison.Ordinal);
        Assert.Contains("# block 1\n", Disassembler.Disassemble(program, new DisassemblyOptions { GasModel = GasModel.None }), StringComparison.Ordinal);
    }

    [Fact]
    public void Illegal_bytes_say_why()
    {
        var program = new GuestProgram
        {
            Profile = Profile.Static,
            Code = Convert.FromHexString("0000" + "73100000" + "97000000" + "33000001" + "1300"),
            JumpTables = new JumpTables(new uint[] { 0, 9, 1 }, new uint[] { 0, 3 }),
        };

        var listing = Disassembler.Disassemble(program);
        Assert.Contains(".half 0x0000 # illegal: the all-zero halfword is no instruction", listing, StringComparison.Ordinal);
        Assert.Contains(".word 0x00001073 # illegal: control and status registers", listing, StringComparison.Ordinal);
        Assert.Contains(".word 0x00000097 # illegal: the static profile forbids this instruction", listing, StringComparison.Ordinal);
        Assert.Contains(".word 0x01000033 # illegal: it names a register beyond x15", listing, StringComparison.Ordinal);
        Assert.Contains(".half 0x0013 # illegal: the end of the code cuts the instruction off", listing, StringComparison.Ordinal);
        Assert.Contains("# table0: its boundaries are wrong", listing, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fence_with_bits_that_mean_nothing_keeps_them()
    {
        var program = Assembly.Program(".word 0x0ff5058f, 0x0000100f, 0xfff0100f, 0x8330000f, 0x4000000f; trap");
        var listing = Disassembler.Disassemble(program);
        Assert.Contains(".word 0x0ff5058f # fence", listing, StringComparison.Ordinal);
        Assert.Contains("    fence.i  ", listing, StringComparison.Ordinal);
        Assert.Contains(".word 0xfff0100f # fence.i", listing, StringComparison.Ordinal);
        Assert.Contains("    fence.tso  ", listing, StringComparison.Ordinal);
        Assert.Contains("    fence 1024  ", listing, StringComparison.Ordinal);
        AssertComesBack(program, new DisassemblyOptions());
    }

    [Theory]
    [InlineData("c.addi a0, 1", "addi a0, a0, 1")]
    [InlineData("c.mv a0, a1", "add a0, zero, a1")]
    [InlineData("c.lwsp a0, 4(sp)", "lw a0, 4(sp)")]
    [InlineData("c.nop", "nop")]
    [InlineData("c.j 2", "j 2")]
    public void Expansions_stand_for_2_byte_instructions_on_request(string compressed, string expanded)
    {
        var code = Assembly.Program($"{compressed}; trap").Code.Span;
        var instruction = Decoder.Decode(code, 0, Profile.Static);
        Assert.Equal(compressed, Disassembler.Format(instruction));
        Assert.Equal(expanded, Disassembler.Format(instruction, new DisassemblyOptions { ShowCompressed = false }));
    }

    [Fact]
    public void A_branch_has_its_displacement_or_its_target()
    {
        var branch = Encoder.Make(Opcode.Beq, 0, 10, 0, -8);
        Assert.Equal("beqz a0, -8", Disassembler.Format(branch));
        Assert.Equal("beqz a0, 0x400008", Disassembler.Format(branch, 0x40_0010));
        Assert.Equal("beq a0, zero, 0x8", Disassembler.Format(branch, 0x10, new DisassemblyOptions { UseAliases = false }));
        Assert.Equal("illegal", Disassembler.Format(Instruction.Illegal(2)));
    }

    private static void AssertComesBack(GuestProgram program, DisassemblyOptions options)
    {
        var listing = Disassembler.Disassemble(program, options);
        var result = Assembler.Assemble(listing);
        Assert.True(result.Succeeded, string.Join('\n', result.Diagnostics.Take(10)));
        Assert.Equal(ProgramWriter.Write(program), ProgramWriter.Write(result.Program!));
    }
}

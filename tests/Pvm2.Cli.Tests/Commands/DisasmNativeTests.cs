using Pvm2.Cli.Tests.Kit;
using Pvm2.Native;
using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Programs;
using Pvm2.TestKit.Generation;
using Xunit;

namespace Pvm2.Cli.Tests.Commands;

public sealed class DisasmNativeTests : IDisposable
{
    private const int Seeds = 20;

    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Machine_code_stands_after_each_instruction_and_the_rest_at_the_end()
    {
        if (!NativeTier.Support.IsSupported)
        {
            return;
        }

        var lines = Disassemble(_folder.Write("guest.s", Sources.NullRead));

        AssertInOrder(
            lines,
            "# block 0, gas ",
            "li a0, 7",
            "charge of the block:",
            "[rsp], 0x",
            "jb exit_of_block_0",
            "the instruction:",
            "here:",
            "gs:[",
            "jmp panic",
            "# stubs",
            "entry:",
            "page_fault:",
            "# exits of blocks",
            "exit_of_block_0: for 0x00000000",
            "call out_of_gas",
            "# where a guest runs off the end of its code",
            "end_of_code:");
    }

    [Fact]
    public void Tables_and_cold_exits_are_labelled()
    {
        if (!NativeTier.Support.IsSupported)
        {
            return;
        }

        var shapes = Path.Combine(Repository.GuestFolder("static"), "shapes.pvm2");
        AssertInOrder(Disassemble(shapes), "br_table table0", "lea rdx, [table0]", "# table0: positions", "block_");

        var xjar = Path.Combine(Repository.GuestFolder("xjar"), "shapes.pvm2");
        AssertInOrder(
            Disassemble(xjar), "lea rdx, [block_starts]", "cold_panic", "# cold exits", "cold_panic", "# block_starts", "block_0 for 0x");
    }

    [Fact]
    public void Without_gas_a_block_asks_whether_to_stop() => AssertWithModel("none", "question whether to stop:", "jne exit_of_block_0");

    [Fact]
    public void Flat_gas_is_one_an_instruction() => AssertWithModel("flat", "charge of the block:", "[rsp], 0x2");

    /// <summary>The machine code is nothing but comments: the text is still a source of the same program.</summary>
    [Fact]
    public void The_listing_assembles_back()
    {
        if (!NativeTier.Support.IsSupported)
        {
            return;
        }

        foreach (var profile in new[] { Profile.Static, Profile.Xjar })
        {
            for (var seed = 1UL; seed <= Seeds; seed++)
            {
                AssertAssemblesBack(ProgramWriter.Write(HostileGuest.Generate(seed, profile).Program));
            }
        }

        AssertAssemblesBack(File.ReadAllBytes(Path.Combine(Repository.GuestFolder("static"), "ed25519.pvm2")));
        AssertAssemblesBack(File.ReadAllBytes(Path.Combine(Repository.GuestFolder("xjar"), "collections.pvm2")));
    }

    [Fact]
    public void A_program_that_breaks_a_rule_has_no_machine_code()
    {
        var result = CommandHarness.Run("disasm", _folder.Write("bad.pvm2", Sources.BadBranch()), "--native");

        Assert.Equal(ExitCode.InvalidProgram, result.Code);
        Assert.Empty(result.Output);
    }

    private void AssertWithModel(string model, params string[] texts)
    {
        if (NativeTier.Support.IsSupported)
        {
            AssertInOrder(Disassemble(_folder.Write("guest.s", Sources.Loop), "--gas-model", model), texts);
        }
    }

    private void AssertAssemblesBack(byte[] container)
    {
        var source = _folder.At("listing.s");
        var assembled = _folder.At("assembled.pvm2");
        File.WriteAllLines(source, Disassemble(_folder.Write("original.pvm2", container)));

        var result = CommandHarness.Run("asm", source, "-o", assembled);

        Assert.Equal(string.Empty, result.Error);
        Assert.Equal(container, File.ReadAllBytes(assembled));
    }

    private static string[] Disassemble(string file, params string[] options)
    {
        var result = CommandHarness.Run(["disasm", file, "--native", .. options]);

        Assert.Equal(string.Empty, result.Error);
        Assert.Equal(ExitCode.Success, result.Code);
        return result.Output.Split('\n');
    }

    private static void AssertInOrder(string[] lines, params string[] texts)
    {
        var line = 0;
        foreach (var text in texts)
        {
            var found = Array.FindIndex(lines, line, candidate => candidate.Contains(text, StringComparison.Ordinal));
            Assert.True(found >= 0, $"'{text}' is not behind line {line}:\n{string.Join('\n', lines)}");
            line = found + 1;
        }
    }
}

using Pvm2.Runtime.Isa;
using Xunit;

namespace Pvm2.Linker.Tests;

/// <summary>Code that has to grow, and jumps that reach no longer.</summary>
public sealed class LayoutTests
{
    private const ulong Base = 0x10000;

    public static TheoryData<int, Profile> Distances()
    {
        var data = new TheoryData<int, Profile>();
        foreach (var profile in new[] { Profile.Static, Profile.Xjar })
        {
            // Around the reach of each form, in instructions of 4 bytes: c.beqz 256, c.j 2048, beq 4096 bytes.
            foreach (var count in new[] { 0, 1, 60, 61, 62, 63, 64, 65, 126, 127, 128, 510, 511, 512, 513, 1000, 1016 })
            {
                data.Add(count, profile);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Distances))]
    public void Branches_and_jumps_reach_at_any_distance(int filler, Profile profile)
    {
        // Forwards over the filler, backwards over it, and out by a branch that is not taken.
        var code = new CodeBuilder()
            .Label("start").Add(Opcode.Addi, 11, 0, 0, 5)
            .Branch(Opcode.Bne, 11, 0, "last")
            .Label("first").Add(Opcode.Addi, 10, 10, 0, 100)
            .Repeat(filler, Opcode.Xori, 12, 13, 0, 1365)
            .Branch(Opcode.Beq, 11, 0, "first")
            .Branch(Opcode.Blt, 0, 11, "end")
            .Label("last").Add(Opcode.Addi, 10, 10, 0, 1)
            .Jump(0, "first")
            .Label("end").Return();
        Assert.Equal(101ul, LinkAndRun(code, profile));
    }

    [Fact]
    public void Branches_that_just_reached_grow_when_returns_between_them_do()
    {
        // A return takes 4 bytes in the ELF and 8 in a static program; a branch over 450 of them no longer reaches.
        var code = new CodeBuilder().Label("start").Branch(Opcode.Beq, 10, 0, "end");
        AddChain(code, 450, "end");
        code.Label("end").Add(Opcode.Addi, 10, 0, 0, 7).Return();
        Assert.Equal(7ul, LinkAndRun(code, Profile.Static));
    }

    [Theory]
    [InlineData(Profile.Static)]
    [InlineData(Profile.Xjar)]
    public void Jumps_and_calls_reach_over_several_MiB(Profile profile)
    {
        // Functions of 192 KiB each; the first and the last call and jump over all others, both ways.
        const int Functions = 20;
        const int Filler = 48 * 1024;
        var code = new CodeBuilder().Label("start").Enter().FarJump(CodeBuilder.Ra, CodeBuilder.Ra, "f0").FarJump(CodeBuilder.Ra, CodeBuilder.Ra, $"f{Functions - 1}")
            .FarJump(CodeBuilder.Ra, CodeBuilder.Ra, "back").Leave();
        for (var i = 0; i < Functions; i++)
        {
            code.Label($"f{i}").Add(Opcode.Addi, 10, 10, 0, 1)
                .Branch(Opcode.Bne, 0, 0, $"filler{i}")
                .FarJump(0, CodeBuilder.T1, i + 7 < Functions ? $"f{i + 7}" : "end")
                .Label($"filler{i}").Repeat(Filler, Opcode.Xori, 12, 13, 0, 1365).Return();
        }

        code.Label("end").Add(Opcode.Addi, 10, 10, 0, 1000).Return();
        code.Label("back").Add(Opcode.Slli, 10, 10, 0, 1).FarJump(0, CodeBuilder.T1, "f6");

        // f0 f7 f14 end, f19 end, back f6 f13 end
        Assert.Equal(((3ul + 1000 + 1 + 1000) * 2) + 2 + 1000, LinkAndRun(code, profile));
    }

    [Theory]
    [InlineData(Profile.Static)]
    [InlineData(Profile.Xjar)]
    public void A_jump_of_almost_a_MiB_still_reaches_when_code_between_grows(Profile profile)
    {
        // A MiB less a few bytes, filled with returns that each double in the static profile.
        var code = new CodeBuilder().Label("start").Branch(Opcode.Bne, 0, 0, "p0").Jump(0, "last");
        AddChain(code, ((1 << 20) - 64) / 8, "last");
        code.Label("last").Add(Opcode.Addi, 10, 0, 0, 9).Return();
        Assert.Equal(9ul, LinkAndRun(code, profile));
    }

    /// <summary>Adds returns, each of which can be reached from the one before by a branch that is never taken.</summary>
    private static void AddChain(CodeBuilder code, int count, string end)
    {
        for (var i = 0; i < count; i++)
        {
            code.Label($"p{i}").Branch(Opcode.Bne, 0, 0, i + 1 < count ? $"p{i + 1}" : end).Return();
        }
    }

    private static ulong LinkAndRun(CodeBuilder code, Profile profile)
    {
        var elf = new ElfBuilder();
        var text = elf.AddCode(Base, code.Build());
        elf.AddSymbol("_start", text, Base + code.OffsetOf("start"));
        var result = Runner.Link(elf.Build(Base + code.OffsetOf("start")), new LinkOptions { Profile = profile });
        return Runner.Run(result.Program!);
    }
}

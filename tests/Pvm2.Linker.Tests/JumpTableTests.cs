using System.Buffers.Binary;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Programs;
using Xunit;

namespace Pvm2.Linker.Tests;

/// <summary>How the static profile's tables come about.</summary>
public sealed class JumpTableTests
{
    private const ulong Text = 0x10000;
    private const ulong Data = 0x40_0000;
    private const uint Pointer = 2;
    private const uint NarrowPointer = 1;
    private const uint PcRelativeHigh = 23;
    private const uint PcRelativeLow = 24;

    [Fact]
    public void Functions_that_cannot_reach_each_others_returns_have_tables_of_their_own()
    {
        var code = new CodeBuilder()
            .Label("start").Enter().Jump(1, "f").Jump(1, "g").Jump(1, "g").Leave()
            .Label("f").Add(Opcode.Addi, 10, 10, 0, 1).Return()
            .Label("g").Add(Opcode.Slli, 10, 10, 0, 4).Return();
        var (program, map) = Link(code, "start", "f", "g");
        Assert.Equal(0x100ul, Runner.Run(program));
        Assert.Equal([1, 1, 2], Sizes(program));
        Assert.Equal(["start", "f", "g"], map.Functions.Select(f => f.Name));
        Assert.Equal(3, map.Functions.Select(f => f.ReturnTable).Distinct().Count());
    }

    [Fact]
    public void A_tail_call_joins_caller_and_callee()
    {
        var code = new CodeBuilder()
            .Label("start").Enter().Jump(1, "f").Jump(1, "g").Leave()
            .Label("f").Add(Opcode.Addi, 10, 10, 0, 1).Jump(0, "g")
            .Label("g").Add(Opcode.Slli, 10, 10, 0, 4).Return();
        var (program, map) = Link(code, "start", "f", "g");
        Assert.Equal(0x100ul, Runner.Run(program));
        Assert.Equal([1, 2], Sizes(program));
        Assert.Equal(map.Functions[1].ReturnTable, map.Functions[2].ReturnTable);
    }

    [Fact]
    public void Falling_into_the_next_function_joins_too()
    {
        var code = new CodeBuilder()
            .Label("start").Enter().Jump(1, "f").Jump(1, "g").Leave()
            .Label("f").Add(Opcode.Addi, 10, 10, 0, 1)
            .Label("g").Add(Opcode.Slli, 10, 10, 0, 4).Return();
        Assert.Equal(0x100ul, Runner.Run(Link(code, "start", "f", "g").Program));
    }

    [Fact]
    public void What_never_returns_does_not_join_its_callers_function_to_the_next_one()
    {
        // f ends with a call of stop; behind it in memory stands g, which f cannot reach.
        var code = new CodeBuilder()
            .Label("start").Enter().Jump(1, "f").Jump(1, "g").Leave()
            .Label("f").Branch(Opcode.Beq, 10, 0, "out").Jump(1, "stop")
            .Label("g").Add(Opcode.Addi, 10, 10, 0, 4).Return()
            .Label("stop").Add(Opcode.Ecalli, immediate: 9).Jump(0, "stop")
            .Label("out").Return();
        var (program, map) = Link(code, "start", "f", "g", "stop");
        Assert.Equal(4ul, Runner.Run(program));
        Assert.Equal([1, 1, 1], Sizes(program));
        Assert.Equal(-1, map.Functions.Single(f => f.Name == "stop").ReturnTable);
    }

    [Fact]
    public void Code_that_nothing_reaches_is_left_out()
    {
        var code = new CodeBuilder().Label("start").Return().Label("dead").Add(Opcode.Addi, 10, 0, 0, 1).Return();
        var (program, map) = Link(code, "start", "dead");
        Assert.Equal(["start"], map.Functions.Select(f => f.Name));
        Assert.DoesNotContain(program.Symbols, s => s.Name == "dead");
    }

    [Fact]
    public void Outlined_code_returns_through_the_register_it_was_called_with()
    {
        // twice links with t0 and itself calls with ra; a jump through t0 elsewhere is one through a pointer.
        var code = new CodeBuilder()
            .Label("start").Enter().FarJump(CodeBuilder.T0, CodeBuilder.T0, "twice").Jump(CodeBuilder.T0, "twice").Leave()
            .Label("twice").Add(Opcode.Addi, 10, 10, 0, 3).Return(CodeBuilder.T0);
        var (program, _) = Link(code, "start", "twice");
        Assert.Equal(6ul, Runner.Run(program));
        Assert.Equal([1, 2], Sizes(program));
    }

    [Fact]
    public void A_register_that_may_hold_a_return_or_a_pointer_goes_through_one_table()
    {
        // Called with t0, taken returns through it; called with ra, it jumps to g through it.
        var code = new CodeBuilder()
            .Label("start").Enter()
            .Label("pointer").Add(Opcode.Auipc, 6).Add(Opcode.Addi, 6, 6)
            .Add(Opcode.Jalr, CodeBuilder.T0, 6).Add(Opcode.Jalr, 1, 6).Leave()
            .Label("taken").Branch(Opcode.Bne, 10, 0, "pointer2").Add(Opcode.Addi, 10, 10, 0, 1).Return(CodeBuilder.T0)
            .Label("pointer2").Add(Opcode.Auipc, 5).Add(Opcode.Addi, 5, 5).Return(CodeBuilder.T0)
            .Label("g").Add(Opcode.Slli, 10, 10, 0, 6).Return();
        var (program, _) = Link(code, (elf, text) =>
        {
            AddPair(elf, text, code.OffsetOf("pointer"), Text + code.OffsetOf("taken"), "h0");
            AddPair(elf, text, code.OffsetOf("pointer2"), Text + code.OffsetOf("g"), "h1");
        });
        Assert.Equal(64ul, Runner.Run(program));
    }

    [Fact]
    public void A_return_address_that_is_stored_and_jumped_to_through_another_register_arrives()
    {
        // f puts ra into memory and goes to g, which comes back for f.
        var code = new CodeBuilder()
            .Label("start").Enter().Add(Opcode.Addi, 11, 2, 0, -64).Jump(1, "f").Add(Opcode.Addi, 10, 10, 0, 1)
            .Add(Opcode.Ecalli).Label("after").Jump(0, "after")
            .Label("f").Add(Opcode.Sd, 0, 11, 1)
            .Label("pointer").Add(Opcode.Auipc, 6).Add(Opcode.Addi, 6, 6).Return(CodeBuilder.T1)
            .Label("g").Add(Opcode.Addi, 10, 10, 0, 5).Add(Opcode.Ld, 6, 11).Return(CodeBuilder.T1);
        var (program, _) = Link(code, (elf, text) =>
        {
            AddPair(elf, text, code.OffsetOf("pointer"), Text + code.OffsetOf("g"), "h0");
            elf.AddSymbol("f", text, Text + code.OffsetOf("f"));
            elf.AddSymbol("g", text, Text + code.OffsetOf("g"));
        });
        Assert.Equal(6ul, Runner.Run(program));
    }

    [Theory]
    [InlineData(CodeBuilder.Ra)]
    [InlineData(CodeBuilder.T1)]
    public void Longjmp_comes_back_through_whatever_register_it_jumps_by(int register)
    {
        // The first return of setjmp leaves 0 in a0, the second 9.
        var code = new CodeBuilder()
            .Label("start").Enter().Add(Opcode.Addi, 11, 2, 0, -64).Jump(1, "setjmp")
            .Branch(Opcode.Bne, 10, 0, "second").Jump(1, "longjmp").Add(Opcode.Trap)
            .Label("second").Add(Opcode.Ecalli).Label("end").Jump(0, "end")
            .Label("setjmp").Add(Opcode.Sd, 0, 11, 1).Add(Opcode.Addi, 10).Return()
            .Label("longjmp").Add(Opcode.Ld, register, 11).Add(Opcode.Addi, 10, 0, 0, 9).Return(register);
        Assert.Equal(9ul, Runner.Run(Link(code, "start", "setjmp", "longjmp").Program));
    }

    [Theory]
    [InlineData(1022)]
    [InlineData(1023)]
    [InlineData(1024)]
    [InlineData(3000)]
    public void A_function_may_have_thousands_of_callers(int callers)
    {
        var code = new CodeBuilder().Label("start").Enter();
        for (var i = 0; i < callers; i++)
        {
            code.Jump(1, "f");
        }

        code.Leave().Label("f").Add(Opcode.Addi, 10, 10, 0, 1).Return();
        var (program, _) = Link(code, "start", "f");
        Assert.Equal((ulong)callers, Runner.Run(program));
        Assert.Equal([1, callers], Sizes(program));
    }

    [Fact]
    public void Where_there_are_more_groups_than_tables_the_small_ones_share()
    {
        const int Functions = 9000;
        var code = new CodeBuilder().Label("start").Enter();
        for (var i = 0; i < Functions; i++)
        {
            code.Jump(1, $"f{i}");
        }

        code.Jump(1, "f0").Leave();
        for (var i = 0; i < Functions; i++)
        {
            code.Label($"f{i}").Add(Opcode.Addi, 10, 10, 0, 1).Return();
        }

        var (program, _) = Link(code, "start");
        Assert.Equal(AddressSpace.MaxJumpTables, program.JumpTables.Count);
        Assert.Equal(Functions + 1ul, Runner.Run(program));
    }

    [Fact]
    public void One_function_has_one_handle_wherever_its_address_is_taken()
    {
        var code = new CodeBuilder()
            .Label("start").Enter()
            .Label("pointer").Add(Opcode.Auipc, 6).Add(Opcode.Addi, 6, 6)
            .Label("data").Add(Opcode.Auipc, 7).Add(Opcode.Ld, 8, 7)
            .Add(Opcode.Lwu, 9, 7, 0, 8)
            .Add(Opcode.Sub, 10, 6, 8).Add(Opcode.Sub, 11, 6, 9).Add(Opcode.Or, 10, 10, 11)
            .Branch(Opcode.Bne, 10, 0, "end").Add(Opcode.Jalr, 1, 6).Add(Opcode.Jalr, 1, 8)
            .Label("end").Leave()
            .Label("f").Add(Opcode.Addi, 10, 10, 0, 5).Return();
        foreach (var profile in new[] { Profile.Static, Profile.Xjar })
        {
            var (program, _) = Link(code, (elf, text) =>
            {
                var table = elf.AddData(Data, new byte[16], false, ".rodata");
                var f = elf.AddSymbol("f", text, Text + code.OffsetOf("f"));
                elf.AddRelocation(table, Data, Pointer, f);
                elf.AddRelocation(table, Data + 8, NarrowPointer, f);
                AddPair(elf, text, code.OffsetOf("pointer"), Text + code.OffsetOf("f"), "h0");
                var label = elf.AddSymbol("h1", text, Text + code.OffsetOf("data"), 0, 0);
                elf.AddRelocation(text, Text + code.OffsetOf("data"), PcRelativeHigh, elf.AddSymbol("table", table, Data, 1));
                elf.AddRelocation(text, Text + code.OffsetOf("data") + 4, PcRelativeLow, label);
                elf.AddRelocation(text, Text + code.OffsetOf("data") + 8, PcRelativeLow, label);
            }, profile);
            Assert.Equal(5ul + 5, Runner.Run(program));

            var words = new byte[16];
            program.ReadOnlyData.CopyTo(0, words);
            var handle = BinaryPrimitives.ReadUInt64LittleEndian(words);
            Assert.Equal(handle, BinaryPrimitives.ReadUInt32LittleEndian(words.AsSpan(8)));
            var expected = profile == Profile.Static ? 1 : AddressSpace.CodeBase + program.Symbols.Single(s => s.Name == "f").Offset;
            Assert.Equal(expected, handle);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(-1)]
    public void A_jump_through_what_is_no_handle_panics(int value)
    {
        var code = new CodeBuilder()
            .Label("start").Enter()
            .Label("pointer").Add(Opcode.Auipc, 6).Add(Opcode.Addi, 6, 6)
            .Add(Opcode.Addi, 6, 0, 0, value).Add(Opcode.Jalr, 1, 6).Leave()
            .Label("f").Return();
        var (program, _) = Link(code, (elf, text) => AddPair(elf, text, code.OffsetOf("pointer"), Text + code.OffsetOf("f"), "h0"));
        using var instance = Module.Create(program).CreateInstance();

        // Handle 1 is f; what rounds to another place is in no table. 2 rounds down to 1, as the instruction defines.
        Assert.Equal(value == 2 ? ExitReason.HostCall : ExitReason.Panic, instance.Call().Reason);
    }

    private static int[] Sizes(GuestProgram program) =>
        [.. Enumerable.Range(0, program.JumpTables.Count).Select(t => program.JumpTables[t].Length)];

    private static void AddPair(ElfBuilder elf, int text, ulong offset, ulong target, string label)
    {
        var symbol = elf.AddSymbol(label + "-target", text, target, 0, 0);
        elf.AddRelocation(text, Text + offset, PcRelativeHigh, symbol);
        elf.AddRelocation(text, Text + offset + 4, PcRelativeLow, elf.AddSymbol(label, text, Text + offset, 0, 0));
    }

    private static (GuestProgram Program, Output.LinkMap Map) Link(CodeBuilder code, params string[] functions) =>
        Link(code, (elf, text) =>
        {
            foreach (var name in functions)
            {
                elf.AddSymbol(name, text, Text + code.OffsetOf(name));
            }
        });

    private static (GuestProgram Program, Output.LinkMap Map) Link(
        CodeBuilder code, Action<ElfBuilder, int> addRest, Profile profile = Profile.Static)
    {
        var elf = new ElfBuilder();
        var text = elf.AddCode(Text, code.Build());
        addRest(elf, text);
        var result = Runner.Link(elf.Build(Text + code.OffsetOf("start")), new LinkOptions { Profile = profile });
        return (result.Program!, result.Map!);
    }
}

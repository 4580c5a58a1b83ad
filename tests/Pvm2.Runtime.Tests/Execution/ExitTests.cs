using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Programs;
using Xunit;
using static Pvm2.Runtime.Tests.Execution.Guest;

namespace Pvm2.Runtime.Tests.Execution;

/// <summary>The table of exits, row by row: reason, program counter, registers and gas after each.</summary>
public sealed class ExitTests
{
    private const ulong Budget = 1000;

    public static TheoryData<Profile> Profiles => [Profile.Static, Profile.Xjar];

    [Theory]
    [MemberData(nameof(Profiles))]
    public void A_trap_panics_where_it_stands_and_keeps_the_gas_of_its_block(Profile profile)
    {
        var guest = new Guest(profile).Li(A0, 7).Emit(Opcode.Fallthrough).Li(A1, 8).Emit(Opcode.Trap).Li(A2, 9);
        using var instance = guest.Start(GasModel.Flat, Budget);

        Assert.Equal(new Exit(ExitReason.Panic, guest.CodeBase + 12), instance.Run());
        Assert.Equal((7UL, 8UL, 0UL), (instance.Registers[A0], instance.Registers[A1], instance.Registers[A2]));
        Assert.Equal(4UL, instance.GasUsed);
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public void Running_off_the_end_panics_at_the_length_of_the_code_without_gas(Profile profile)
    {
        var guest = new Guest(profile).Li(A0, 7).Emit(Opcode.Fallthrough);
        using var instance = guest.Start(GasModel.Flat, Budget);
        Assert.Equal(new Exit(ExitReason.Panic, guest.CodeBase + 8), instance.Run());
        Assert.Equal(2UL, instance.GasUsed);

        // The same where the last instruction is no terminator, where it is a branch not taken, and with no gas left.
        using var unfinished = new Guest(profile).Li(A0, 7).Start(GasModel.Flat, 1);
        Assert.Equal(new Exit(ExitReason.Panic, guest.CodeBase + 4), unfinished.Run());
        Assert.Equal((0UL, 7UL), (unfinished.GasLeft, unfinished.Registers[A0]));
        using var branch = new Guest(profile).Emit(Opcode.Bne).Start(GasModel.Flat, 1);
        Assert.Equal(new Exit(ExitReason.Panic, guest.CodeBase + 4), branch.Run());
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public void A_host_call_at_the_end_resumes_at_the_length_of_the_code(Profile profile)
    {
        var guest = new Guest(profile).Emit(Opcode.Ecalli, immediate: 5);
        using var instance = guest.Start(GasModel.Flat, Budget);
        Assert.Equal(new Exit(ExitReason.HostCall, guest.CodeBase + 4, 0, HostCallKind.Selector, 5), instance.Run());
        Assert.Equal(new Exit(ExitReason.Panic, guest.CodeBase + 4), instance.Run());
        Assert.Equal(1UL, instance.GasUsed);
    }

    [Fact]
    public void Illegal_instructions_of_xjar_panic_when_executed()
    {
        // A word, a halfword, br_table, and what the end of the code cuts off.
        AssertPanicsAtFour(g => g.Word(0xFFFF_FFFF));
        AssertPanicsAtFour(g => g.Halfword(0));
        AssertPanicsAtFour(g => g.Word(0x0000_B00B));
        AssertPanicsAtFour(g => g.Halfword(0x0003));
        AssertPanicsAtFour(g => g.Emit(Opcode.Trap));

        static void AssertPanicsAtFour(Func<Guest, Guest> emit)
        {
            using var instance = emit(new Guest(Profile.Xjar).Li(A0, 1)).Start(GasModel.Flat, Budget);
            Assert.Equal(new Exit(ExitReason.Panic, AddressSpace.CodeBase + 4), instance.Run());
            Assert.Equal(2UL, instance.GasUsed);
        }
    }

    [Fact]
    public void Standard_ecall_and_ebreak_of_xjar_panic_and_do_not_end_their_block()
    {
        // The block of the ecall goes on to the trap: its gas is that of all four instructions.
        foreach (var (word, length) in new[] { (0x0000_0073u, 4), (0x0010_0073u, 4), (0x9002u, 2) })
        {
            var guest = new Guest(Profile.Xjar).Li(A0, 1);
            _ = length == 4 ? guest.Word(word) : guest.Halfword((ushort)word);
            using var instance = guest.Li(A1, 2).Emit(Opcode.Trap).Start(GasModel.Flat, Budget);
            Assert.Equal(new Exit(ExitReason.Panic, AddressSpace.CodeBase + 4), instance.Run());
            Assert.Equal((4UL, 0UL), (instance.GasUsed, instance.Registers[A1]));
        }
    }

    [Fact]
    public void A_branch_to_no_block_start_panics_only_if_taken()
    {
        // The target is the second instruction of the block.
        var guest = new Guest(Profile.Xjar).Li(A0, 1).Li(A1, 2).Emit(Opcode.Bne, 0, A2, 0, -4).Li(A3, 3).Halt();
        using var instance = guest.Start(GasModel.Flat, Budget);
        Assert.Equal(ExitReason.Halt, instance.Run().Reason);

        instance.Start();
        instance.Registers[A2] = 1;
        Assert.Equal(new Exit(ExitReason.Panic, AddressSpace.CodeBase + 8), instance.Run());
        Assert.Equal((2UL, 0UL), (instance.Registers[A1], instance.Registers[A3]));

        // Block 1 costs 3, li and halt stand in blocks of 1 each, and the second run is charged 3 again.
        Assert.Equal(3 + 1 + 1 + 3UL, instance.GasUsed);
    }

    [Theory]
    [InlineData(-4)]
    [InlineData(2)]
    [InlineData(0x1000)]
    [InlineData(-0x10_0000)]
    public void A_jump_to_no_block_start_panics_and_has_not_written_its_destination(int displacement)
    {
        var guest = new Guest(Profile.Xjar).Li(Ra, 1).Li(A0, 1).Emit(Opcode.Jal, Ra, 0, 0, displacement).Halt();
        using var instance = guest.Start(GasModel.Flat, Budget);
        Assert.Equal(new Exit(ExitReason.Panic, AddressSpace.CodeBase + 8), instance.Run());
        Assert.Equal((1UL, 3UL), (instance.Registers[Ra], instance.GasUsed));
    }

    [Theory]
    [InlineData(0x0040_0004UL, 0)]             // inside a block
    [InlineData(0x0040_000EUL, 0)]             // in mid-instruction
    [InlineData(0x0040_0014UL, 0)]             // the end of the code
    [InlineData(0x0040_0010UL, -0xC)]
    [InlineData(0x0000_0010UL, 0)]             // an offset is no address
    [InlineData(0UL, 0)]
    [InlineData(0x1_0040_0010UL, 0)]           // an address has 64 bits
    [InlineData(ulong.MaxValue, 0)]
    public void An_indirect_jump_to_no_block_start_panics_and_has_not_written_its_destination(ulong target, int offset)
    {
        var guest = new Guest(Profile.Xjar).Li(Ra, 1).Li(A1, 1).Emit(Opcode.Fence).Emit(Opcode.Jalr, Ra, A0, 0, offset).Halt();
        using var instance = guest.Start(GasModel.Flat, Budget);
        instance.Registers[A0] = target;
        Assert.Equal(new Exit(ExitReason.Panic, AddressSpace.CodeBase + 12), instance.Run());
        Assert.Equal((1UL, 4UL), (instance.Registers[Ra], instance.GasUsed));
    }

    [Theory]
    [InlineData(0x0040_0008UL, 0)]
    [InlineData(0x0040_0009UL, 0)]             // bit 0 does not count
    [InlineData(0x0040_0000UL, 8)]
    [InlineData(0x0040_0808UL, -0x7FF)]
    public void An_indirect_jump_links_and_lands_on_a_block_start(ulong target, int offset)
    {
        // The destination is the source: the old value is the target. The target block is a host call.
        var guest = new Guest(Profile.Xjar).Li(A1, 1).Emit(Opcode.Jalr, A0, A0, 0, offset).Halt();
        using var instance = guest.Start(GasModel.Flat, Budget);
        instance.Registers[A0] = target;
        Assert.Equal(new Exit(ExitReason.Halt, AddressSpace.CodeBase + 12, 0, HostCallKind.Selector), instance.Run());
        Assert.Equal((AddressSpace.CodeBase + 8UL, 3UL), (instance.Registers[A0], instance.GasUsed));
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public void A_jump_links_the_next_instruction_as_the_profile_counts(Profile profile)
    {
        // fallthrough; jal ra, +8; trap; halt — and a jal in its 2-byte form, which links nothing.
        var guest = new Guest(profile).Emit(Opcode.Fallthrough).Emit(Opcode.Jal, Ra, 0, 0, 8).Emit(Opcode.Trap);
        guest.Halfword(0xA009).Emit(Opcode.Trap).Halt();
        using var instance = guest.Start(GasModel.Flat, Budget);
        Assert.Equal(ExitReason.Panic, instance.Run().Reason);
        Assert.Equal(guest.CodeBase + 8UL, instance.Registers[Ra]);
        Assert.Equal(guest.CodeBase + 14, instance.ProgramCounter);
    }

    [Theory]
    [InlineData(1UL, 0)]
    [InlineData(2UL, 0)]
    [InlineData(3UL, 1)]
    [InlineData(5UL, 2)]
    [InlineData(6UL, 2)]
    [InlineData(7UL, -1)]                      // just outside
    [InlineData(0UL, -1)]                      // (0 − 1) >> 1 is 2^63 − 1, its low half 2^32 − 1
    [InlineData(0x2_0000_0001UL, 0)]           // 2^33 >> 1 has a low half of zero
    [InlineData(0x2_0000_0005UL, 2)]
    [InlineData(0x1_0000_0001UL, -1)]          // 2^32 >> 1 is 2^31
    [InlineData(ulong.MaxValue, -1)]
    public void A_table_jump_goes_to_its_entry_or_on(ulong handle, int entry)
    {
        var guest = new Guest().Table(0).Emit(Opcode.BrTable, 0, A1, 0, 1);
        guest.Li(A0, -1).Halt();
        var starts = new List<uint>();
        for (var i = 0; i < 3; i++)
        {
            starts.Add(guest.Here);
            guest.Li(A0, i).Halt();
        }

        using var instance = guest.Table([.. starts]).Start(GasModel.Flat, Budget);
        instance.Registers[A1] = handle;
        Assert.Equal(ExitReason.Halt, instance.Run().Reason);
        Assert.Equal(entry, (long)instance.Registers[A0]);
        Assert.Equal(3UL, instance.GasUsed);
    }

    [Fact]
    public void A_table_jump_through_an_empty_table_goes_on()
    {
        using var instance = new Guest().Table().Emit(Opcode.BrTable, 0, A1).Li(A0, 9).Halt().Start();
        Assert.Equal(ExitReason.Halt, instance.Run().Reason);
        Assert.Equal(9UL, instance.Registers[A0]);
    }

    [Fact]
    public void Static_programs_with_what_xjar_panics_on_are_rejected()
    {
        Assert.False(Module.TryCreate(new Guest().Li(A0, 1).Word(0xFFFF_FFFF).Build(), out _, out var illegal));
        Assert.Equal((ProgramSection.Code, 4L), (illegal.Section, illegal.Offset));
        Assert.False(Module.TryCreate(new Guest().Li(A0, 1).Li(A0, 1).Emit(Opcode.Jal, 0, 0, 0, -4).Build(), out _, out _));
        var thrown = Assert.Throws<ProgramRejectedException>(() => Module.Create(new Guest().Emit(Opcode.BrTable).Build()));
        Assert.Equal(thrown.Error.ToString(), thrown.Message);
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public void Fences_and_hints_retire_as_no_operations(Profile profile)
    {
        // fence with every field set; fence.i; c.nop 1; addi x0, x0, 1; add x0, a0, a0; c.lui x0 is a hint too.
        var guest = new Guest(profile).Li(A0, 3).Word(0xFFF7_8F8F).Word(0x0000_100F).Halfword(0x0005);
        guest.Li(Zero, 1).Emit(Opcode.Add, Zero, A0, A0).Halfword(0x6005).Emit(Opcode.Add, A1, Zero, A0).Halt();
        using var instance = guest.Start(GasModel.Flat, Budget);
        Assert.Equal(ExitReason.Halt, instance.Run().Reason);
        Assert.Equal((0UL, 3UL, 3UL), (instance.Registers[Zero], instance.Registers[A0], instance.Registers[A1]));
        Assert.Equal(9UL, instance.GasUsed);
    }
}

using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Programs;
using Pvm2.Runtime.Snapshots;
using Pvm2.Runtime.Tests.Execution;
using Pvm2.TestKit.States;
using Pvm2.TestKit.Tiers;
using Xunit;

namespace Pvm2.Runtime.Tests.Snapshots;

/// <summary>What an instance is that was restored, and what is refused.</summary>
public sealed class RestoreTests
{
    public static TheoryData<string> Tiers() => [.. TierRegistry.Names];

    [Fact]
    public void A_restored_instance_is_the_one_that_was_written_down()
    {
        using var original = SnapshotExample.Create();
        using var restored = Restore(original.TakeSnapshot());
        Assert.Empty(MachineState.Of(original).Differences(MachineState.Of(restored)));
        Assert.Equal(original.Run(), restored.Run());
        Assert.Empty(MachineState.Of(original).Differences(MachineState.Of(restored)));
    }

    [Fact]
    public void Gas_goes_on_where_it_was()
    {
        using var original = SnapshotExample.Create();
        using var restored = Restore(original.TakeSnapshot());
        var (left, used) = (original.GasLeft, original.GasUsed);
        Assert.Equal((left, used), (restored.GasLeft, restored.GasUsed));
        restored.AddGas(5);
        Assert.Equal((left + 5, used), (restored.GasLeft, restored.GasUsed));
        Assert.True(restored.TryTakeGas(7));
        Assert.Equal((left - 2, used + 7), (restored.GasLeft, restored.GasUsed));
    }

    [Fact]
    public void Reset_makes_a_restored_instance_a_new_one()
    {
        using var restored = Restore(SnapshotExample.Read(SnapshotExample.Take()), new InstanceOptions { Gas = 77 });
        restored.Reset();
        using var fresh = SnapshotExample.Module.CreateInstance(new InstanceOptions { Gas = 77 });
        Assert.Equal(fresh.TakeSnapshot().ToArray(), restored.TakeSnapshot().ToArray());
        Assert.Throws<InvalidOperationException>(() => restored.Run());
    }

    [Fact]
    public void An_idle_instance_can_be_restored_and_started()
    {
        using var idle = SnapshotExample.Module.CreateInstance();
        using var restored = Restore(idle.TakeSnapshot());
        Assert.Throws<InvalidOperationException>(() => restored.Run());
        restored.Start();
        Assert.Equal(ExitReason.HostCall, restored.Run().Reason);
    }

    [Fact]
    public void An_ended_run_stays_ended_and_another_can_be_started()
    {
        using var ended = SnapshotExample.Create();
        Assert.Equal(ExitReason.Halt, ended.Run().Reason);
        var snapshot = ended.TakeSnapshot();
        Assert.Equal(RunPhase.Ended, snapshot.Phase);
        using var restored = Restore(snapshot);
        Assert.Throws<InvalidOperationException>(() => restored.Run());
        Assert.Equal(ExitReason.HostCall, restored.Call().Reason);
    }

    [Fact]
    public void A_run_at_the_end_of_its_code_goes_on_there()
    {
        var module = Module.Create(new Guest().Li(Guest.A0, 1).Emit(Opcode.Ecalli, immediate: 7).Build());
        using var original = module.CreateInstance();
        Assert.Equal(ExitReason.HostCall, original.Call().Reason);
        Assert.True(module.TryRestore(original.TakeSnapshot(), null, out var restored, out var error), error?.ToString());
        using (restored)
        {
            Assert.Equal(new Exit(ExitReason.Panic, 8), restored.Run());
        }
    }

    [Fact]
    public void Another_program_is_refused()
    {
        var other = Module.Create(new Guest().Halt().Build());
        AssertRefused(other, SnapshotExample.Take(), new InstanceOptions(), 8, other.Hash.ToString());
    }

    [Fact]
    public void Another_gas_model_is_refused() => AssertRefused(
        SnapshotExample.Module, SnapshotExample.Take(), new InstanceOptions { GasModel = GasModel.Flat }, 7, "Flat is asked for");

    [Fact]
    public void A_program_with_too_much_memory_is_refused() => AssertRefused(
        SnapshotExample.Module, SnapshotExample.Take(), new InstanceOptions { MaxMemory = 4096 }, 8, "4096 are allowed");

    [Theory]
    [InlineData(RunPhase.Ready, 4u, "0x4, where no block starts")]
    [InlineData(RunPhase.Ready, 18u, "where no block starts")]
    [InlineData(RunPhase.Ready, 0xFFFF_FFFEu, "where no block starts")]
    [InlineData(RunPhase.Ended, 3u, "where no instruction is")]
    [InlineData(RunPhase.Ended, 18u, "where no instruction is")]
    public void A_program_counter_where_no_run_can_stand_is_refused(RunPhase phase, uint programCounter, string reason) =>
        AssertRefused(Change([], phase, programCounter), 176, reason);

    [Theory]
    [InlineData(SnapshotExample.ReadOnlyData, "cannot be written")]
    [InlineData(SnapshotExample.Stack + AddressSpace.PageSize, "cannot be written")]
    [InlineData(0u, "cannot be written")]
    public void A_page_that_the_guest_could_not_have_changed_is_refused(uint address, string reason) =>
        AssertRefused(Change([new SnapshotPage(address, 0, new byte[] { 1 })]), 188, reason);

    [Fact]
    public void A_page_that_has_not_changed_is_refused()
    {
        AssertRefused(Change([new SnapshotPage(SnapshotExample.Data, 0, "abc"u8.ToArray())]), 188, "has not changed");
        AssertRefused(
            Change([new SnapshotPage(SnapshotExample.Data, 0, "abcd"u8.ToArray()), new SnapshotPage(SnapshotExample.Stack, 0, default)]),
            200,
            "has not changed");
    }

    [Fact]
    public void A_running_or_disposed_instance_cannot_be_written_down()
    {
        InvalidOperationException? thrown = null;
        var calls = new HostCallTable().Register(7, caller =>
        {
            thrown = Assert.Throws<InvalidOperationException>(() => caller.TakeSnapshot());
            return HostCallAction.Halt;
        });
        var instance = SnapshotExample.Module.CreateInstance(new InstanceOptions { HostCalls = calls });
        Assert.Equal(ExitReason.Halt, instance.Call().Reason);
        Assert.NotNull(thrown);
        instance.Dispose();
        Assert.Throws<ObjectDisposedException>(() => instance.TakeSnapshot());
    }

    [Theory]
    [MemberData(nameof(Tiers))]
    public void Pages_are_found_wherever_they_are_in_a_large_memory(string tier)
    {
        const uint Start = 0x10_0000;
        const uint Size = 96 << 20;
        var module = Module.Create(new Guest().Halt().Heap(Start, Size).Build());
        var options = new InstanceOptions { Tier = TierRegistry.Create(tier) };
        using var instance = module.CreateInstance(options);

        // Both ends, both sides of where the search goes on in another piece, and a page that was only read.
        uint[] addresses = [Start, Start + (511 << 12), Start + (512 << 12), Start + (40 << 20), Start + Size - 4096];
        foreach (var address in addresses)
        {
            Assert.True(instance.Memory.TryWrite(address + 4095, [1]));
        }

        Assert.True(instance.Memory.TryRead(Start + (50 << 20), new byte[1]));
        var snapshot = instance.TakeSnapshot();
        Assert.Equal(addresses, snapshot.Pages.ToArray().Select(page => page.Address));
        Assert.True(module.TryRestore(snapshot, options, out var restored, out _));
        using (restored)
        {
            Assert.Equal(snapshot.ToArray(), restored.TakeSnapshot().ToArray());
            restored.Reset();
            Assert.Equal(0, restored.TakeSnapshot().Pages.Length);
        }
    }

    private static Instance Restore(Snapshot snapshot, InstanceOptions? options = null)
    {
        var calls = new HostCallTable().Register(0, static _ => HostCallAction.Halt);
        options = (options ?? new InstanceOptions()) with { HostCalls = calls };
        Assert.True(SnapshotExample.Module.TryRestore(snapshot, options, out var instance, out var error), error?.ToString());
        return instance;
    }

    private static Snapshot Change(SnapshotPage[] pages, RunPhase phase = RunPhase.Ready, uint programCounter = 8) =>
        new(new ulong[RegisterNames.Count], pages)
        {
            Program = SnapshotExample.Module.Hash,
            GasModel = GasModel.Pipeline,
            Phase = phase,
            ProgramCounter = programCounter,
            GasLeft = 1,
            GasUsed = 2,
        };

    private static void AssertRefused(Snapshot snapshot, long offset, string reason) =>
        AssertRefused(SnapshotExample.Module, snapshot.ToArray(), new InstanceOptions(), offset, reason);

    private static void AssertRefused(Module module, byte[] bytes, InstanceOptions options, long offset, string reason)
    {
        Assert.False(module.TryRestore(SnapshotExample.Read(bytes), options, out var instance, out var error));
        Assert.Null(instance);
        Assert.Equal(offset, error.Offset);
        Assert.Contains(reason, error.Reason, StringComparison.Ordinal);
    }
}

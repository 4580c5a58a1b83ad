using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Programs;
using Xunit;
using static Pvm2.Runtime.Tests.Execution.Guest;

namespace Pvm2.Runtime.Tests.Execution;

public sealed class InstanceTests
{
    [Theory]
    [InlineData(Profile.Static)]
    [InlineData(Profile.Xjar)]
    public void Starting_sets_the_program_counter_the_stack_pointer_and_the_arguments(Profile profile)
    {
        var guest = new Guest(profile).Li(T0, 9).Halt().Halt();
        guest.Stack(guest.DataBase, 0x3000);
        var program = guest.Build(new EntryPoint("main", 0), new EntryPoint("other", 8));
        using var instance = Module.Create(program).CreateInstance();
        Assert.Equal(ExitReason.HostCall, instance.Call().Reason);
        Assert.Equal(9UL, instance.Registers[T0]);

        instance.Start("other", 1, 2, 3, 4, 5, ulong.MaxValue);
        Assert.Equal(guest.CodeBase + 8, instance.ProgramCounter);
        ulong[] expected = [0, 0, guest.DataBase + 0x3000, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, ulong.MaxValue];
        var actual = new ulong[16];
        instance.Registers.CopyTo(actual);
        Assert.Equal(expected, actual);

        instance.Start("other", 1);
        Assert.Equal(0UL, instance.Registers[A1]);
    }

    [Fact]
    public void A_stack_at_the_top_ends_at_four_gibibytes_and_no_stack_at_zero()
    {
        using var top = new Guest().Stack(0xFFFF_F000, 0x1000).Emit(Opcode.Sd, 0, Sp, Sp, -8).Halt().Start();
        Assert.Equal(1UL << 32, top.Registers[Sp]);
        Assert.Equal(ExitReason.Halt, top.Run().Reason);
        using var none = new Guest().Halt().Start();
        Assert.Equal(0UL, none.Registers[Sp]);
    }

    [Fact]
    public void Misuse_is_told_by_clear_exceptions()
    {
        var module = Module.Create(new Guest().Halt().Emit(Opcode.Trap).Build());
        var instance = module.CreateInstance();
        Assert.Contains("started", Assert.Throws<InvalidOperationException>(() => instance.Run()).Message, StringComparison.Ordinal);
        Assert.Contains("'nowhere'", Assert.Throws<ArgumentException>(() => instance.Start("nowhere")).Message, StringComparison.Ordinal);
        Assert.Contains("at most 6", Assert.Throws<ArgumentException>(() => instance.Start(null, 1, 2, 3, 4, 5, 6, 7)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => instance.Registers[16]);
        Assert.Throws<ArgumentOutOfRangeException>(() => instance.Registers[-1] = 0);
        Assert.Throws<ArgumentException>(() => instance.Registers.CopyTo(new ulong[15]));

        Assert.Equal(ExitReason.HostCall, instance.Call().Reason);
        Assert.Equal(ExitReason.Panic, instance.Run().Reason);
        Assert.Contains("ended", Assert.Throws<InvalidOperationException>(() => instance.Run()).Message, StringComparison.Ordinal);

        instance.Dispose();
        instance.Dispose();
        Assert.Throws<ObjectDisposedException>(() => instance.Run());
        Assert.Throws<ObjectDisposedException>(() => instance.Start());
        Assert.Throws<ObjectDisposedException>(() => instance.Reset());
        Assert.Throws<ObjectDisposedException>(() => instance.Memory.TryWrite(0, [1]));
    }

    [Fact]
    public void A_program_that_declares_too_much_memory_gets_no_instance()
    {
        var module = Module.Create(new Guest().Halt().Heap(0x1_0000, 0x4000_1000).Build());
        Assert.Contains("1073745920", Assert.Throws<InvalidOperationException>(() => module.CreateInstance()).Message, StringComparison.Ordinal);
        Assert.False(module.TryCreateInstance(null, out _));
        Assert.True(module.TryCreateInstance(new InstanceOptions { MaxMemory = 0x4000_1000 }, out var instance));
        using (instance)
        {
            Assert.True(instance.Memory.TryWriteUInt64(0x4001_0FF8, 1));
        }
    }

    [Fact]
    public void Resetting_restores_memory_registers_and_gas()
    {
        var guest = new Guest().ReadWrite(0x1_0000, 0x1000, 1, 2, 3).Stack(0x2_0000, 0x1000);
        guest.Emit(Opcode.Sd, 0, Sp, Sp, -8).Emit(Opcode.Lui, A0, 0, 0, 0x1_0000).Emit(Opcode.Sd, 0, A0, A0).Halt();
        using var instance = guest.Start(GasModel.Flat, 100);
        instance.Run();
        instance.AddGas(1000);
        Assert.True(instance.Memory.TryReadUInt64(0x1_0000, out var changed));
        Assert.Equal(0x1_0000UL, changed);

        instance.Reset();
        Assert.True(instance.Memory.TryReadUInt64(0x1_0000, out var restored));
        Assert.True(instance.Memory.TryReadUInt64(0x2_0FF8, out var stack));
        Assert.Equal((0x03_0201UL, 0UL), (restored, stack));
        Assert.Equal((0UL, 100UL, 0UL), (instance.Registers[A0], instance.GasLeft, instance.GasUsed));
        Assert.Throws<InvalidOperationException>(() => instance.Run());
        Assert.Equal(ExitReason.Halt, instance.Call().Reason);
    }

    [Fact]
    public void Instances_of_a_module_do_not_see_each_other_and_run_in_parallel()
    {
        var guest = new Guest().ReadWrite(0x1_0000, 0x1000).Emit(Opcode.Lui, A1, 0, 0, 0x1_0000).Emit(Opcode.Fallthrough);
        guest.Emit(Opcode.Ld, A2, A1).Emit(Opcode.Add, A2, A2, A0).Emit(Opcode.Sd, 0, A1, A2);
        guest.Emit(Opcode.Addi, A0, A0, 0, -1).Emit(Opcode.Bne, 0, A0, 0, -16).Halt();
        var module = Module.Create(guest.Build());
        Parallel.For(1, 50, number =>
        {
            using var instance = module.CreateInstance();
            var rounds = (ulong)number * 100;
            Assert.Equal(ExitReason.HostCall, instance.Call(null, rounds).Reason);
            Assert.True(instance.Memory.TryReadUInt64(0x1_0000, out var sum));
            Assert.Equal(rounds * (rounds + 1) / 2, sum);
        });
    }

    [Fact]
    public async Task Running_twice_at_once_is_refused()
    {
        using var entered = new ManualResetEventSlim();
        using var leave = new ManualResetEventSlim();
        var calls = new HostCallTable().Register(0, _ =>
        {
            entered.Set();
            leave.Wait();
            return HostCallAction.Halt;
        });
        using var instance = Module.Create(new Guest().Halt().Build()).CreateInstance(new InstanceOptions { HostCalls = calls });
        var first = Task.Run(() => instance.Call());
        entered.Wait();
        Assert.Throws<InvalidOperationException>(() => instance.Run());
        Assert.Throws<InvalidOperationException>(() => instance.Start());
        leave.Set();
        Assert.Equal(ExitReason.Halt, (await first).Reason);
    }

    [Fact]
    public void Running_allocates_nothing()
    {
        var calls = new HostCallTable().Register(1, static _ => HostCallAction.Continue).Register(0, static _ => HostCallAction.Halt);
        var guest = new Guest().Li(A1, 100).Emit(Opcode.Fallthrough).Emit(Opcode.Ecalli, immediate: 1);
        guest.Emit(Opcode.Addi, A1, A1, 0, -1).Emit(Opcode.Bne, 0, A1, 0, -8).Halt();
        using var instance = Module.Create(guest.Build()).CreateInstance(new InstanceOptions { HostCalls = calls });
        instance.Call();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 10; i++)
        {
            instance.Call();
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void A_module_has_the_hash_of_its_container()
    {
        var program = new Guest().Halt().Build();
        var bytes = ProgramWriter.Write(program);
        var module = Module.Load(bytes);
        Assert.Equal(ProgramHash.OfContainer(bytes), module.Hash);
        Assert.Equal(module.Hash, Module.Create(program).Hash);
        Assert.False(Module.TryLoad(bytes.AsSpan()[1..], out _, out var error));
        Assert.Equal(error.ToString(), Assert.Throws<ProgramRejectedException>(() => Module.Load(bytes.AsSpan()[1..])).Message);
    }
}

using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Isa;
using Xunit;
using static Pvm2.Runtime.Tests.Execution.Guest;

namespace Pvm2.Runtime.Tests.Execution;

public sealed class HostCallTests
{
    [Theory]
    [InlineData(Profile.Static, -2048)]
    [InlineData(Profile.Static, 2047)]
    [InlineData(Profile.Static, 0)]
    [InlineData(Profile.Xjar, -1)]
    [InlineData(Profile.Xjar, 1)]
    public void A_call_without_a_handler_leaves_the_run_and_resumes_after_it(Profile profile, int selector)
    {
        var guest = new Guest(profile).Li(A0, 1).Emit(Opcode.Ecalli, immediate: selector).Emit(Opcode.Addi, A0, A0, 0, 1).Emit(Opcode.Trap);
        using var instance = Module.Create(guest.Build()).CreateInstance();
        instance.Start();
        Assert.Equal(new Exit(ExitReason.HostCall, guest.CodeBase + 8, 0, HostCallKind.Selector, selector), instance.Run());
        instance.Registers[A0] = 41;
        Assert.Equal(new Exit(ExitReason.Panic, guest.CodeBase + 12), instance.Run());
        Assert.Equal(42UL, instance.Registers[A0]);
    }

    [Theory]
    [InlineData(Profile.Static)]
    [InlineData(Profile.Xjar)]
    public void Handlers_see_registers_memory_and_gas_and_their_answer_counts(Profile profile)
    {
        var guest = new Guest(profile);
        guest.ReadWrite(guest.DataBase, 0x1000, 5).Emit(Opcode.Lui, A1, 0, 0, (int)guest.DataBase);
        guest.Emit(Opcode.Ecalli, immediate: 7).Emit(Opcode.Lbu, A2, A1, 0, 1).Emit(Opcode.EcallJar).Emit(Opcode.Trap);

        ulong? seen = null;
        var calls = new HostCallTable()
            .Register(7, caller =>
            {
                Assert.True(caller.Memory.TryGetWritableSpan((uint)caller.Registers[A1], 2, out var span));
                span[1] = (byte)(span[0] * 2);
                seen = caller.GasLeft;
                caller.AddGas(100);
                return HostCallAction.Continue;
            })
            .RegisterManagement(_ => HostCallAction.Halt);
        using var instance = Module.Create(guest.Build())
            .CreateInstance(new InstanceOptions { HostCalls = calls, Gas = 50, GasModel = GasModel.Flat });

        var exit = instance.Call();
        Assert.Equal(new Exit(ExitReason.Halt, guest.CodeBase + 16, 0, HostCallKind.Management), exit);
        Assert.Equal(10UL, instance.Registers[A2]);
        Assert.Equal(48UL, seen);
        Assert.Equal((146UL, 4UL), (instance.GasLeft, instance.GasUsed));
        Assert.Throws<InvalidOperationException>(() => instance.Run());
    }

    [Fact]
    public void A_handler_may_pause_the_run()
    {
        var calls = new HostCallTable().Register(3, _ => HostCallAction.Pause).Register(0, _ => HostCallAction.Halt);
        var guest = new Guest().Emit(Opcode.Ecalli, immediate: 3).Halt();
        using var instance = Module.Create(guest.Build()).CreateInstance(new InstanceOptions { HostCalls = calls });
        Assert.Equal(new Exit(ExitReason.HostCall, 4, 0, HostCallKind.Selector, 3), instance.Call());
        Assert.Equal(ExitReason.Halt, instance.Run().Reason);
    }

    [Fact]
    public void What_a_handler_throws_leaves_the_run_paused_after_the_call()
    {
        var calls = new HostCallTable().Register(3, _ => throw new IOException("full")).Register(0, _ => HostCallAction.Halt);
        var guest = new Guest().Li(A0, 1).Emit(Opcode.Ecalli, immediate: 3).Li(A0, 2).Halt();
        using var instance = Module.Create(guest.Build())
            .CreateInstance(new InstanceOptions { HostCalls = calls, GasModel = GasModel.Flat, Gas = 10 });
        Assert.Throws<IOException>(() => instance.Call());
        Assert.Equal((8U, 1UL, 2UL), (instance.ProgramCounter, instance.Registers[A0], instance.GasUsed));
        Assert.Equal(ExitReason.Halt, instance.Run().Reason);
        Assert.Equal((2UL, 4UL), (instance.Registers[A0], instance.GasUsed));
    }

    [Fact]
    public void Handlers_can_neither_run_nor_start_nor_reset_their_caller()
    {
        var refused = 0;
        var calls = new HostCallTable().Register(0, caller =>
        {
            foreach (var misuse in new Action[] { () => caller.Run(), () => caller.Start(), caller.Reset })
            {
                Assert.Throws<InvalidOperationException>(misuse);
                refused++;
            }

            return HostCallAction.Halt;
        });
        using var instance = Module.Create(new Guest().Halt().Build()).CreateInstance(new InstanceOptions { HostCalls = calls });
        Assert.Equal(ExitReason.Halt, instance.Call().Reason);
        Assert.Equal(3, refused);
    }

    [Fact]
    public void Disposing_in_a_host_call_takes_effect_when_the_run_ends()
    {
        var calls = new HostCallTable()
            .Register(3, caller =>
            {
                caller.Dispose();
                return HostCallAction.Continue;
            })
            .Register(0, _ => HostCallAction.Halt);
        var guest = new Guest().Stack(0x1_0000, 0x1000).Emit(Opcode.Ecalli, immediate: 3).Emit(Opcode.Sd, 0, Sp, Sp, -8).Halt();
        var instance = Module.Create(guest.Build()).CreateInstance(new InstanceOptions { HostCalls = calls });
        Assert.Equal(ExitReason.Halt, instance.Call().Reason);
        Assert.Throws<ObjectDisposedException>(() => instance.Start());
        Assert.Throws<ObjectDisposedException>(() => instance.Memory.TryReadUInt64(0x1_0000, out _));
    }

    [Fact]
    public void Selectors_beyond_the_instruction_are_refused()
    {
        var table = new HostCallTable();
        Assert.Throws<ArgumentOutOfRangeException>(() => table.Register(2048, _ => HostCallAction.Halt));
        Assert.Throws<ArgumentOutOfRangeException>(() => table.Register(-2049, _ => HostCallAction.Halt));
        Assert.Throws<ArgumentNullException>(() => table.Register(0, null!));
        Assert.Throws<ArgumentNullException>(() => table.RegisterManagement(null!));
    }
}

using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Isa;
using Xunit;
using static Pvm2.Runtime.Tests.Execution.Guest;

namespace Pvm2.Runtime.Tests.Execution;

public sealed class GarbageCollectionTests
{
    [Theory]
    [InlineData(GasModel.Pipeline)]
    [InlineData(GasModel.None)]
    public void A_collection_does_not_wait_for_a_guest(GasModel model)
    {
        // Loads, adds and jumps for ever; a collection has to stop the thread in the midst of it.
        var guest = new Guest().ReadWrite(0x1_0000, 0x1000).Emit(Opcode.Lui, A1, 0, 0, 0x1_0000).Emit(Opcode.Fallthrough);
        guest.Emit(Opcode.Ld, A2, A1).Emit(Opcode.Add, A3, A3, A2).Emit(Opcode.Addi, A0, A0, 0, 1).Emit(Opcode.Jal, immediate: -12);
        using var instance = guest.Start(model);
        using var source = new CancellationTokenSource();
        var exit = default(Exit);
        var thread = new Thread(() => exit = instance.Run(source.Token));
        thread.Start();
        for (var i = 0; i < 10; i++)
        {
            Thread.Sleep(5);
            GC.Collect();
            Assert.True(thread.IsAlive);
        }

        source.Cancel();
        thread.Join();
        Assert.Equal(ExitReason.Cancelled, exit.Reason);
        Assert.InRange(instance.Registers[A0], 1UL, ulong.MaxValue);
    }

    [Fact]
    public void Forgotten_instances_are_collected()
    {
        var module = Module.Create(new Guest().Heap(0x1_0000, 0x10_0000).Halt().Build());
        var references = new WeakReference[20];
        Forget(module, references);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Assert.InRange(references.Count(reference => reference.IsAlive), 0, 1);
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static void Forget(Module module, WeakReference[] references)
    {
        for (var i = 0; i < references.Length; i++)
        {
            var instance = module.CreateInstance();
            Assert.Equal(ExitReason.HostCall, instance.Call().Reason);
            references[i] = new WeakReference(instance);
        }
    }
}

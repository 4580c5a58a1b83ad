using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using Pvm2.IlJit.Aot;
using Pvm2.Runtime.Execution;
using Xunit;

namespace Pvm2.IlJit.Tests.Aot;

/// <summary>Assemblies in memory go when nothing uses them, and not before.</summary>
public sealed class UnloadingTests
{
    [Fact]
    public void An_assembly_is_unloaded_after_its_last_instance()
    {
        var contexts = Enumerable.Range(0, 20).Select(_ => RunOnce()).ToArray();
        for (var round = 0; round < 20 && contexts.Any(context => context.IsAlive); round++)
        {
            Collect();
        }

        Assert.DoesNotContain(contexts, context => context.IsAlive);
    }

    [Fact]
    public void An_instance_keeps_its_code()
    {
        using var instance = Start();
        for (var round = 0; round < 20; round++)
        {
            Collect();
            Assert.Equal(ExitReason.Halt, instance.Call("loop", 1000).Reason);
        }
    }

    private static void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Instance Start() => SavedPrograms.Assemble(SavedPrograms.Calculator)
        .CreateInstance(SavedPrograms.Halting with { Tier = new AotTier() });

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference RunOnce()
    {
        var guest = SavedPrograms.Load(SavedPrograms.Write(SavedPrograms.Assemble(SavedPrograms.Calculator)));
        using var instance = guest.CreateInstance(SavedPrograms.Halting);
        Assert.Equal(ExitReason.Halt, instance.Call("add", 1, 2).Reason);
        return new WeakReference(AssemblyLoadContext.GetLoadContext(guest.Type.Assembly));
    }
}

using Pvm2.Native.Tests.Faults;
using Pvm2.Native.Tests.Kit;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Programs;
using Pvm2.TestKit.Generation;
using Xunit;

namespace Pvm2.Native.Tests.Sandbox;

/// <summary>What /proc/self/maps says of a process in which modules and guests live.</summary>
[Collection(ProcessAlone.Name)]
public sealed class MappingTests
{
    private const int Guests = 40;
    private const int Seeds = 100;

    [NativeFact]
    public void No_page_is_writable_and_executable()
    {
        var instances = MakeInstances();
        var mappings = Mapping.OfThisProcess();

        Assert.DoesNotContain(mappings, mapping => mapping is { IsWritable: true, IsExecutable: true });
        var arena = mappings.Where(mapping => mapping.IsOfArena).ToList();
        Assert.NotEmpty(arena);
        Assert.All(arena, mapping => Assert.True(mapping.Rights is "rw-s" or "r-xs", mapping.Rights));
        Assert.Equal(
            arena.Where(mapping => mapping.IsWritable).Sum(mapping => (long)(mapping.End - mapping.Start)),
            arena.Where(mapping => mapping.IsExecutable).Sum(mapping => (long)(mapping.End - mapping.Start)));
        Dispose(instances);
    }

    [NativeFact]
    public void A_window_holds_what_is_declared_and_nothing_else()
    {
        var instances = MakeInstances();
        var mappings = Mapping.OfThisProcess();
        foreach (var instance in instances)
        {
            GuestWindow.AssertHoldsWhatIsDeclared(instance, mappings);
        }

        Dispose(instances);
    }

    /// <summary>Windows come back, also with other regions at other places.</summary>
    [NativeFact]
    public void A_window_that_is_used_again_holds_nothing_of_its_last_guest()
    {
        var tier = new NativeTier();
        var windows = new HashSet<ulong>();
        var again = 0;
        for (var seed = 0UL; seed < Seeds; seed++)
        {
            var guest = RandomGuest.Generate(seed, seed % 2 == 0 ? Profile.Static : Profile.Xjar);
            var module = Module.Create(guest.Program);
            for (var i = 0; i < 3; i++)
            {
                using var instance = module.CreateInstance(new InstanceOptions { Tier = tier });
                again += windows.Add(GuestWindow.Of(instance)) ? 0 : 1;
                GuestWindow.AssertHoldsWhatIsDeclared(instance, Mapping.OfThisProcess());
                AssertFresh(instance, guest.Program.Stack);
                AssertFresh(instance, guest.Program.Heap);
                Fill(instance);
            }
        }

        // The second and third instance of a program take the window of the one before.
        Assert.InRange(again, 2 * Seeds, 3 * Seeds);
    }

    private static void AssertFresh(Instance instance, MemoryRegion region)
    {
        Assert.True(instance.Memory.TryGetSpan(region.Address, region.Size, out var span));
        Assert.False(span.ContainsAnyExcept((byte)0));
    }

    private static void Fill(Instance instance)
    {
        foreach (var run in instance.Module.Memory.Writable)
        {
            Assert.True(instance.Memory.TryGetWritableSpan(run.Start, run.Length, out var span));
            span.Fill(0xA5);
        }
    }

    /// <summary>Guests with all kinds of layouts, most of which have run.</summary>
    private static List<Instance> MakeInstances()
    {
        var tier = new NativeTier();
        var instances = new List<Instance>();
        for (var seed = 0UL; seed < Guests; seed++)
        {
            var guest = RandomGuest.Generate(seed, seed % 2 == 0 ? Profile.Static : Profile.Xjar);
            var instance = Module.Create(guest.Program).CreateInstance(new InstanceOptions { Tier = tier });
            instances.Add(instance);
            if (seed % 4 != 0)
            {
                guest.Start(instance);
                instance.Run();
            }
        }

        var faulting = new FaultProgram(Profile.Static, 1);
        instances.Add(faulting.Module.CreateInstance(new InstanceOptions { Tier = tier }));
        return instances;
    }

    private static void Dispose(List<Instance> instances)
    {
        foreach (var instance in instances)
        {
            instance.Dispose();
        }
    }
}

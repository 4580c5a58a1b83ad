using Pvm2.Compare.Host.Platform;
using Pvm2.Measuring;
using System.Diagnostics;
using System.Reflection;
using System.Reflection.Emit;

namespace Pvm2.Compare.Tests.Host;

[Collection(ProcessMemoryTurns.Name)]
public class PlatformTests
{
    [Fact]
    public void Memory_is_read_in_bytes_whatever_stands_around_it()
    {
        var memory = ProcessMemory.Parse("Name:\tx\nVmHWM:\t    2048 kB\nRssAnon:\t 7 kB\nVmRSS:\t     16 kB\nThreads:\t1\n"u8);

        Assert.Equal(new ProcessMemory(16 << 10, 2 << 20), memory);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Name:\tx\nVmRSS:\t16 kB\n")]
    [InlineData("Name:\tx\nVmRSS:\t16 kB\nVmHWM:\tmuch\n")]
    public void Memory_that_is_not_told_is_an_error(string status) =>
        Assert.Throws<InvalidDataException>(() => ProcessMemory.Parse(System.Text.Encoding.ASCII.GetBytes(status)));

    [Theory]
    [InlineData(500, 628, 64, 10_000, 65_530, null)]
    [InlineData(500, 500, 64, 1_000_000, 65_530, null)]
    [InlineData(500, 692, 64, 40_000, 65_530, "40000 instances need 120500 memory mappings, and the system allows 65530 (vm.max_map_count)")]
    [InlineData(500, 510, 10, 64_007, 65_530, "64007 instances need 64507 memory mappings, and the system allows 65530 (vm.max_map_count)")]
    public void Mappings_that_do_not_fit_are_known_before(
        long before, long now, int made, int wanted, long limit, string? obstacle) =>
        Assert.Equal(obstacle, ProcessMappings.FindObstacle(before, now, made, wanted, limit));

    [Fact]
    public void Memory_that_was_freed_is_given_back()
    {
        ProcessMemory.ReturnFreed();
        var before = ProcessMemory.Read();
        FillMemory();
        ProcessMemory.ReturnFreed();
        var after = ProcessMemory.Read();

        Assert.InRange(after.Peak, before.Resident + Filled, long.MaxValue);
        Assert.InRange(after.Resident, 0, before.Resident + (Filled / 2));

        // Where the system cannot begin a new peak, the old one is there still.
        ProcessMemory.BeginNewPeak();
        Assert.True(!CanBeginNewPeak || ProcessMemory.Read().Peak < after.Peak);
    }

    [Fact]
    public void A_pin_keeps_the_thread_to_one_processor_and_is_undone()
    {
        OnThreadOfItsOwn(() =>
        {
            var before = ProcessorPin.FindAllowed();
            if (before.Count == 0)
            {
                return;
            }

            using (Assert.IsType<ProcessorPin>(ProcessorPin.TryBind(before[^1])))
            {
                Assert.Equal([before[^1]], ProcessorPin.FindAllowed());
            }

            Assert.Equal(before, ProcessorPin.FindAllowed());
        });
    }

    [Theory]
    [InlineData(null)]
    [InlineData(-1)]
    [InlineData(1023)]
    [InlineData(int.MaxValue)]
    public void Without_such_a_processor_the_thread_is_left_alone(int? processor) =>
        OnThreadOfItsOwn(() =>
        {
            var before = ProcessorPin.FindAllowed();

            Assert.Null(ProcessorPin.TryBind(processor));
            Assert.Equal(before, ProcessorPin.FindAllowed());
        });

    [Theory]
    [InlineData("Pvm2.Sample", DebuggableAttribute.DebuggingModes.DisableOptimizations, true)]
    [InlineData("Pvm2.Sample", DebuggableAttribute.DebuggingModes.IgnoreSymbolStoreSequencePoints, false)]
    [InlineData("Somebody.Else", DebuggableAttribute.DebuggingModes.DisableOptimizations, false)]
    public void An_assembly_of_ours_that_is_not_optimised_is_an_obstacle(
        string name, DebuggableAttribute.DebuggingModes modes, bool isObstacle)
    {
        var constructor = typeof(DebuggableAttribute).GetConstructor([typeof(DebuggableAttribute.DebuggingModes)])!;
        var assembly = AssemblyBuilder.DefineDynamicAssembly(
            new AssemblyName(name), AssemblyBuilderAccess.Run, [new CustomAttributeBuilder(constructor, [modes])]);

        var obstacle = BuildCheck.FindObstacle([typeof(object).Assembly, assembly]);

        Assert.Equal(isObstacle ? $"{name} is a debug build; build with -c Release" : null, obstacle);
    }

    private static bool CanBeginNewPeak => OperatingSystem.IsLinux() && File.Exists("/proc/self/clear_refs");

    private const long Filled = 256 << 20;

    /// <summary>Has pages in use that are garbage when this returns.</summary>
    private static void FillMemory()
    {
        for (var part = 0; part < 4; part++)
        {
            Kept.Add(new byte[Filled / 4]);
            Kept[^1].AsSpan().Fill(1);
        }

        Kept.Clear();
    }

    private static readonly List<byte[]> Kept = [];

    /// <summary>Other tests are not to run on a thread that is bound.</summary>
    private static void OnThreadOfItsOwn(Action action)
    {
        Exception? failure = null;
        var thread = new Thread(() => failure = Record.Exception(action));
        thread.Start();
        thread.Join();
        Assert.Null(failure);
    }
}

using Pvm2.Native.Tests.Kit;
using Xunit;

namespace Pvm2.Native.Tests.Leaks;

/// <summary>Modules that come and go leave nothing behind: no code, no memory, no mappings, no files.</summary>
[Collection(ProcessAlone.Name)]
public sealed class ModuleLeakTests
{
    private const int ModulesPerCollection = 10_000;
    private const int WarmUp = 2000;

    // What the collector keeps in reserve, and pages of the arena that were in use at the worst moment.
    private const long MemoryNoise = 48 << 20;

    // Up to 256 idle windows, of half a dozen mappings each.
    private const int MappingNoise = 256 * 6;
    private const int FileNoise = 4;

    [NativeTheory]
    [InlineData(1, 100_000)]
    [InlineData(4, 50_000)]
    public void Modules_that_are_dropped_leave_nothing_behind(int threads, int modules)
    {
        var tier = new NativeTier();
        RunAll(threads, 0, WarmUp, tier);
        var before = ProcessFootprint.Measure();
        RunAll(threads, WarmUp, modules, tier);
        var after = ProcessFootprint.Measure();

        Assert.Equal(before.CodeBytes, after.CodeBytes);
        Assert.InRange(after.ResidentBytes, 0, before.ResidentBytes + MemoryNoise);
        Assert.InRange(after.Mappings, 1, before.Mappings + MappingNoise);
        Assert.InRange(after.Files, 1, before.Files + FileNoise);
    }

    private static void RunAll(int threads, int first, int count, NativeTier tier)
    {
        var next = first - 1;
        Workers.Run(threads, _ =>
        {
            for (var number = Interlocked.Increment(ref next); number < first + count; number = Interlocked.Increment(ref next))
            {
                CountingProgram.Run(number, tier, mayForget: number % 16 == 0);
                if (number % ModulesPerCollection == 0)
                {
                    ProcessFootprint.Collect();
                }
            }
        });
    }
}

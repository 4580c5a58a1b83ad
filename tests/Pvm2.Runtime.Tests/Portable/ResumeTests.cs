using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Isa;
using Pvm2.TestKit.Generation;
using Pvm2.TestKit.Lockstep;
using Pvm2.TestKit.Tiers;
using Xunit;

namespace Pvm2.Runtime.Tests.Portable;

/// <summary>
/// The interpreter takes over in the midst of blocks, at each instruction of them, and the run is what it would have
/// been: exits, registers, memory and gas, under all gas models.
/// </summary>
public sealed class ResumeTests
{
    private const int Guests = 40;
    private const ulong FirstSeed = 9_000_000;

    [Theory]
    [InlineData(Profile.Static)]
    [InlineData(Profile.Xjar)]
    public void Random_programs_can_be_taken_over_at_each_instruction(Profile profile)
    {
        var ends = CutEverywhere(seed => RandomGuest.Generate(
            seed, profile, static options => options with { PairsPerThousand = 350, MarchesPerThousand = 12 }));

        Assert.InRange(ends[ExitReason.Panic], 5, Guests);
        Assert.InRange(ends[ExitReason.PageFault], 3, Guests);
    }

    [Theory]
    [InlineData(Profile.Static)]
    [InlineData(Profile.Xjar)]
    public void So_can_hostile_programs(Profile profile)
    {
        var ends = CutEverywhere(seed => HostileGuest.Generate(seed, profile));

        Assert.InRange(ends[ExitReason.PageFault], 3, Guests);
    }

    private static Dictionary<ExitReason, int> CutEverywhere(Func<ulong, IGuest> make)
    {
        var ends = new Dictionary<ExitReason, int>();
        for (var seed = FirstSeed; seed < FirstSeed + Guests; seed++)
        {
            var guest = make(seed);
            var tiers = Enumerable.Range(0, LongestBlock(Module.Create(guest.Program))).Select(CutTier);
            var comparison = new GuestComparison([TierRegistry.Reference, .. tiers]);
            Assert.True(comparison.Agrees(guest, out var report), report);
            foreach (var (reason, count) in comparison.Ends)
            {
                ends[reason] = ends.GetValueOrDefault(reason) + count;
            }
        }

        return ends;
    }

    private static TierEntry CutTier(int number) =>
        new PortableTestTier($"cut {number}", (module, model) => new CutCode(module, model, number)).Entry;

    private static int LongestBlock(Module module) =>
        Enumerable.Range(0, module.Blocks.Count).Max(block => CutBlocks.InstructionsOf(module, block).Count);
}

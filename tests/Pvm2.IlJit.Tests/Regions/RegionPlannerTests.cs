using Pvm2.IlJit.Regions;
using Xunit;

namespace Pvm2.IlJit.Tests.Regions;

/// <summary>What every plan must be.</summary>
public sealed class RegionPlannerTests
{
    public static TheoryData<string> Guests => PlannedPrograms.Guests;

    [Theory]
    [MemberData(nameof(Guests))]
    public void Every_block_of_a_region_names_the_region(string guest)
    {
        var plan = RegionPlanner.Plan(PlannedPrograms.Load(guest), RegionLimits.Default);

        Assert.All(plan.Regions, (region, number) =>
        {
            Assert.Equal(number, region.Number);
            Assert.All(region.Blocks, block => Assert.Equal(number, plan.RegionOfBlock[block]));
            Assert.Empty(region.Entries.Except(region.Blocks));
            Assert.True(region.IsCompilable);
        });
        Assert.Equal(plan.RegionOfBlock.Count(region => region >= 0), plan.Regions.Sum(region => region.Blocks.Length));
    }
}

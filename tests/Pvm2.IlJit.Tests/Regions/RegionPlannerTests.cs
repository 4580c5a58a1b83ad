using Pvm2.IlJit.Regions;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Isa;
using Xunit;

namespace Pvm2.IlJit.Tests.Regions;

/// <summary>What every plan must be.</summary>
public sealed class RegionPlannerTests
{
    private const int RandomPrograms = 400;

    public static TheoryData<string> Guests => PlannedPrograms.Guests;

    /// <summary>Limits that real programs and those that random programs come up against.</summary>
    private static readonly RegionLimits[] Limits =
    [
        RegionLimits.Default,
        new() { TargetPercent = 100, EntryPolicy = EntryPolicy.OutermostLoopHeads },
        new() { MaxBlocks = 7, MaxInstructions = 400, MaxLocalReferences = 150, TargetPercent = 60, MaxSwitchTargets = 3 },
        new() { MaxBlocks = 1, MaxInstructions = 40, MaxSwitchTargets = 0 },
    ];

    [Theory]
    [MemberData(nameof(Guests))]
    public void A_plan_of_a_guest_is_sound(string guest)
    {
        var module = PlannedPrograms.Load(guest);
        foreach (var limits in Limits)
        {
            Assert.Empty(PlanProblems.Find(module, limits));
        }
    }

    [Theory]
    [InlineData(Profile.Static)]
    [InlineData(Profile.Xjar)]
    public void A_plan_of_a_random_program_is_sound(Profile profile)
    {
        foreach (var (guest, module) in PlannedPrograms.Random(profile, RandomPrograms))
        {
            foreach (var limits in Limits)
            {
                var problems = PlanProblems.Find(module, limits);
                Assert.True(!problems.Any(), $"{guest.GetType().Name}, seed {guest.Seed}, {limits}: {string.Join("; ", problems)}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Guests))]
    public void A_guest_always_has_the_same_plan(string guest)
    {
        var plan = RegionPlanner.Plan(PlannedPrograms.Load(guest), RegionLimits.Default);
        var again = RegionPlanner.Plan(PlannedPrograms.Load(guest), new RegionLimits());

        Assert.Equal(plan.RegionOfBlock, again.RegionOfBlock);
        Assert.Equal(plan.Regions.Select(Describe), again.Regions.Select(Describe));
    }

    [Theory]
    [MemberData(nameof(Guests))]
    public void Fewer_entries_are_a_part_of_all(string guest)
    {
        var module = PlannedPrograms.Load(guest);
        var all = RegionPlanner.Plan(module, RegionLimits.Default);
        var fewer = RegionPlanner.Plan(module, new RegionLimits { EntryPolicy = EntryPolicy.OutermostLoopHeads });

        Assert.Equal(all.RegionOfBlock, fewer.RegionOfBlock);
        Assert.Empty(fewer.Regions.SelectMany(region => region.Entries).Except(all.Regions.SelectMany(region => region.Entries)));
    }

    [Theory]
    [MemberData(nameof(Guests))]
    public void Everything_of_a_guest_can_be_compiled(string guest)
    {
        var plan = RegionPlanner.Plan(PlannedPrograms.Load(guest), RegionLimits.Default);

        Assert.All(plan.Regions, region => Assert.True(region.IsCompilable));
    }

    private static string Describe(Region region) =>
        $"{region.Number} {string.Join(',', region.Blocks)} {string.Join(',', region.Entries)} {region.IsCompilable}";
}

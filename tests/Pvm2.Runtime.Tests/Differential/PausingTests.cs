using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Isa;
using Pvm2.TestKit.Generation;
using Pvm2.TestKit.Pausing;
using Pvm2.TestKit.Tiers;
using Xunit;

namespace Pvm2.Runtime.Tests.Differential;

/// <summary>Random programs whose runs are cut into pieces, metered differently and moved between tiers.</summary>
public sealed class PausingTests
{
    private const int Guests = 400;
    private const ulong FirstSeed = 5_000_000;

    public static TheoryData<string, Profile> TiersAndProfiles()
    {
        var data = new TheoryData<string, Profile>();
        foreach (var tier in TierRegistry.Names)
        {
            data.Add(tier, Profile.Static);
            data.Add(tier, Profile.Xjar);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(TiersAndProfiles))]
    public void A_run_in_small_steps_is_the_run_in_one(string tier, Profile profile)
    {
        var pauses = 0;
        var created = TierRegistry.Create(tier);
        ForEachGuest(profile, (guest, module) =>
        {
            var run = new GuestRun(guest, module, created);
            var whole = run.RunThrough(GasModel.Pipeline);
            var steps = run.RunInSteps(guest.Seed);
            pauses += steps.Pauses;
            return [.. steps.Problems, .. whole.Differences(steps)];
        });

        Assert.True(pauses > 20 * Guests, $"Only {pauses} pauses.");
    }

    [Theory]
    [MemberData(nameof(TiersAndProfiles))]
    public void The_gas_model_changes_nothing_but_gas(string tier, Profile profile)
    {
        var created = TierRegistry.Create(tier);
        ForEachGuest(profile, (guest, module) =>
        {
            var run = new GuestRun(guest, module, created);
            var pipeline = run.RunThrough(GasModel.Pipeline);
            return [.. pipeline.Differences(run.RunThrough(GasModel.Flat), compareGasUsed: false),
                .. pipeline.Differences(run.RunThrough(GasModel.None), compareGasUsed: false)];
        });
    }

    [Theory]
    [MemberData(nameof(TiersAndProfiles))]
    public void Every_tier_runs_alike(string tier, Profile profile)
    {
        var created = TierRegistry.Create(tier);
        ForEachGuest(profile, (guest, module) =>
        {
            var expected = new GuestRun(guest, module, TierRegistry.Reference.Create()).RunThrough(GasModel.Pipeline);
            return expected.Differences(new GuestRun(guest, module, created).RunThrough(GasModel.Pipeline));
        });
    }

    [Theory]
    [InlineData(Profile.Static)]
    [InlineData(Profile.Xjar)]
    public void The_random_programs_end_in_every_way(Profile profile)
    {
        var exits = new Dictionary<ExitReason, int>();
        ForEachGuest(profile, (guest, module) =>
        {
            var trace = new GuestRun(guest, module, TierRegistry.Reference.Create()).RunThrough(GasModel.Pipeline);
            foreach (var exit in trace.Exits)
            {
                exits[exit.Reason] = exits.GetValueOrDefault(exit.Reason) + 1;
            }

            return [];
        });

        Assert.InRange(exits[ExitReason.Panic], Guests / 10, Guests);
        Assert.InRange(exits[ExitReason.PageFault], Guests / 10, Guests);
        Assert.InRange(exits[ExitReason.HostCall], Guests, int.MaxValue);
        Assert.Equal(Guests, exits[ExitReason.Panic] + exits[ExitReason.PageFault]);
    }

    private static void ForEachGuest(Profile profile, Func<RandomGuest, Module, IEnumerable<string>> check)
    {
        for (var i = 0UL; i < Guests; i++)
        {
            var guest = RandomGuest.Generate(FirstSeed + i, profile);
            Assert.True(Module.TryCreate(guest.Program, out var module, out var error), $"Seed {guest.Seed}: {error}");
            var problems = check(guest, module).ToList();
            Assert.True(problems.Count == 0, $"Seed {guest.Seed} ({profile}):\n{string.Join('\n', problems.Take(20))}");
        }
    }
}

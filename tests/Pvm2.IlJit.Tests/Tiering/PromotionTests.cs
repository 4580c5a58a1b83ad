using Pvm2.IlJit.Dynamic;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Isa;
using Pvm2.TestKit.Generation;
using Pvm2.TestKit.Pausing;
using Pvm2.TestKit.Tiers;
using Xunit;

namespace Pvm2.IlJit.Tests.Tiering;

/// <summary>What is hot is compiled while it runs, and that changes nothing but the time that it takes.</summary>
public sealed class PromotionTests
{
    // A slice may have been under way when the region was compiled.
    private const long LongestSlice = 40_000;

    public static TheoryData<Profile, GasModel> Combinations => new()
    {
        { Profile.Static, GasModel.Pipeline },
        { Profile.Static, GasModel.None },
        { Profile.Xjar, GasModel.Flat },
        { Profile.Xjar, GasModel.None },
    };

    [Theory]
    [MemberData(nameof(Combinations))]
    public async Task A_loop_goes_on_in_compiled_code_in_the_midst_of_a_run(Profile profile, GasModel model)
    {
        var tier = new ObservedTier();
        using var instance = LoopGuest.Start(LoopGuest.Make(profile), tier, LoopGuest.Endless, model);
        using var source = new CancellationTokenSource();
        var run = Task.Run(() => instance.Run(source.Token));

        // One and the same run: interpreted at first, and not any more once the region is compiled.
        ObservedTier.WaitFor(() => tier.Statistics.Compiled != 0);
        var code = tier.LastCode!;
        var heat = code.HeatOf(0);
        await Task.Delay(50);
        await source.CancelAsync();
        Assert.Equal(ExitReason.Cancelled, (await run).Reason);
        LoopGuest.AssertExact(instance, LoopGuest.Endless);
        Assert.InRange(heat, 1000, long.MaxValue);
        Assert.InRange(code.HeatOf(0), heat, heat + LongestSlice);

        // The next run is compiled from its first block on.
        heat = code.HeatOf(0);
        var rounds = instance.Registers[LoopGuest.A0];
        LoopGuest.RunForAMoment(instance, LoopGuest.Endless);
        Assert.InRange(instance.Registers[LoopGuest.A0], rounds + 1, ulong.MaxValue);
        Assert.Equal(heat, code.HeatOf(0));
    }

    [Theory]
    [MemberData(nameof(Combinations))]
    public void A_run_is_stopped_in_the_interpreter_and_in_compiled_code(Profile profile, GasModel model)
    {
        const ulong Rounds = 1UL << 40;
        using var release = new ManualResetEventSlim();
        var tier = new ObservedTier(compile: (input, region) =>
        {
            release.Wait();
            return DynamicRegion.Compile(input, region);
        });
        using var instance = LoopGuest.Start(LoopGuest.Make(profile), tier, Rounds, model);
        while (tier.LastCode!.HasPlan == false || tier.LastCode.HeatOf(0) < 10_000)
        {
            LoopGuest.RunForAMoment(instance, Rounds);
        }

        Assert.Equal(0, tier.Statistics.Compiled);
        release.Set();
        tier.WaitUntilIdle();
        Assert.Equal(1, tier.Statistics.Compiled);
        var heat = tier.LastCode.HeatOf(0);
        for (var i = 0; i < 5; i++)
        {
            LoopGuest.RunForAMoment(instance, Rounds);
        }

        Assert.Equal(heat, tier.LastCode.HeatOf(0));
        instance.Registers[LoopGuest.A0] = Rounds - 10;
        instance.Registers[LoopGuest.A1] = 10;
        Assert.Equal(ExitReason.Halt, instance.Run().Reason);
        Assert.Equal(Rounds, instance.Registers[LoopGuest.A0]);
    }

    [Theory]
    [InlineData(Profile.Static)]
    [InlineData(Profile.Xjar)]
    public void Programs_of_which_some_is_compiled_do_what_they_do_in_the_interpreter(Profile profile)
    {
        // With the first threshold everything is compiled after a run, with the others a part.
        var tiers = new ulong[] { 1, 100, 1000 }.Select(hotGas => new ObservedTier(hotGas)).ToArray();
        for (var seed = 9_200_000UL; seed < 9_200_100; seed++)
        {
            var guest = RandomGuest.Generate(seed, profile);
            var module = Module.Create(guest.Program);
            var expected = new GuestRun(guest, module, TierRegistry.Reference.Create()).RunThrough(GasModel.Pipeline);
            foreach (var tier in tiers)
            {
                var run = new GuestRun(guest, module, tier);
                for (var i = 0; i < 3; i++)
                {
                    var differences = expected.Differences(run.RunThrough(GasModel.Pipeline)).ToList();
                    Assert.True(differences.Count == 0, $"Seed {seed}, run {i}:\n{string.Join('\n', differences.Take(20))}");
                    tier.WaitUntilIdle();
                }

                var pieces = run.RunInSteps(seed);
                Assert.Empty(pieces.Problems.Concat(expected.Differences(pieces)));
            }
        }

        Assert.All(tiers, tier => Assert.InRange(tier.Statistics.Compiled, 20, int.MaxValue));
        Assert.All(tiers, tier => Assert.Equal(0, tier.Statistics.Failed));
    }

    [Fact]
    public async Task Threads_share_what_is_compiled()
    {
        const ulong Rounds = 3_000_000;
        var tier = new ObservedTier(hotGas: 100_000);
        var module = LoopGuest.Make();
        var threads = Enumerable.Range(0, 8).Select(number => Task.Factory.StartNew(
            () =>
            {
                for (var i = 0UL; i < 5; i++)
                {
                    var rounds = Rounds + (ulong)number + i;
                    using var instance = LoopGuest.Start(module, tier, rounds, GasModel.Pipeline);
                    Assert.Equal(ExitReason.Halt, instance.Run().Reason);
                    Assert.Equal(rounds, instance.Registers[LoopGuest.A0]);
                    LoopGuest.AssertExact(instance, rounds);
                }
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)).ToArray();
        await Task.WhenAll(threads);

        tier.WaitUntilIdle();
        Assert.Equal(1, tier.Statistics.Compiled);
    }

    [Fact]
    public void What_is_cold_is_not_compiled()
    {
        var tier = new ObservedTier(hotGas: 1_000_000);
        using var instance = LoopGuest.Start(LoopGuest.Make(), tier, 1000);
        Assert.Equal(ExitReason.Halt, instance.Run().Reason);
        LoopGuest.AssertExact(instance, 1000);
        Assert.False(tier.LastCode!.HasPlan);
        Assert.False(tier.Queue.HasThread);
    }
}

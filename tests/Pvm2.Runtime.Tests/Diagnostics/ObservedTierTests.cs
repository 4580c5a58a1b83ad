using Pvm2.Runtime.Diagnostics;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Tests.Text;
using Pvm2.TestKit.Generation;
using Pvm2.TestKit.Lockstep;
using Pvm2.TestKit.Scenarios;
using Pvm2.TestKit.Tiers;
using Xunit;

namespace Pvm2.Runtime.Tests.Diagnostics;

/// <summary>A run that is observed is the run that is not.</summary>
public sealed class ObservedTierTests
{
    private const int Guests = 120;
    private const ulong FirstSeed = 9_400_000;

    private const string Countdown = """
        .entry main
        main:
            li a0, 3
            fallthrough
        1:
            addi a0, a0, -1
            bnez a0, 1b
            ecalli 0
        """;

    [Theory]
    [InlineData(Profile.Static)]
    [InlineData(Profile.Xjar)]
    public void It_agrees_with_the_interpreter(Profile profile)
    {
        var observer = new RecordingObserver();
        var observed = new TierEntry("observed", () => new ObservedTier(observer), IsSupported: true);
        var comparison = new GuestComparison([TierRegistry.Reference, observed]);
        for (var seed = FirstSeed; seed < FirstSeed + Guests; seed++)
        {
            Assert.True(comparison.Agrees(RandomGuest.Generate(seed, profile), out var report), report);
            Assert.True(comparison.Agrees(HostileGuest.Generate(seed, profile), out report), report);
        }

        Assert.InRange(comparison.Pauses, 10 * Guests, long.MaxValue);
        Assert.InRange(observer.ProgramCounters.Count, 100 * Guests, int.MaxValue);
    }

    [Fact]
    public void Every_scenario_goes_as_written()
    {
        var problems = new List<string>();
        foreach (var scenario in ScenarioFile.All)
        {
            foreach (var (profile, model) in scenario.Profiles.SelectMany(_ => scenario.Models, (profile, model) => (profile, model)))
            {
                var runner = new ScenarioRunner(scenario, new ObservedTier(new RecordingObserver()), profile, model);
                runner.Run();
                problems.AddRange(runner.Problems.Select(problem => $"{scenario.Name}: {problem} ({profile}, {model})"));
            }
        }

        Assert.NotEmpty(ScenarioFile.All);
        Assert.True(problems.Count == 0, string.Join('\n', problems));
    }

    [Theory]
    [InlineData(GasModel.Pipeline)]
    [InlineData(GasModel.Flat)]
    [InlineData(GasModel.None)]
    public void The_observer_sees_each_block_and_the_registers_before_it(GasModel model)
    {
        var observer = new RecordingObserver();
        using var instance = Start(observer, model, ulong.MaxValue);

        Assert.Equal(ExitReason.HostCall, instance.Run().Reason);
        Assert.Equal([0u, 6, 6, 6, 10], observer.ProgramCounters);
        Assert.Equal([0UL, 3, 2, 1, 0], observer.Arguments);
        Assert.Equal(instance.GasUsed ?? 9, observer.Cost);
    }

    [Fact]
    public void A_block_that_is_not_paid_for_is_not_told_until_it_is()
    {
        var observer = new RecordingObserver();
        using var instance = Start(observer, GasModel.Flat, 3);

        Assert.Equal(new Exit(ExitReason.OutOfGas, 6), instance.Run());
        Assert.Equal([0u], observer.ProgramCounters);
        instance.AddGas(3);
        Assert.Equal(new Exit(ExitReason.OutOfGas, 6), instance.Run());
        Assert.Equal([0u, 6, 6], observer.ProgramCounters);
        Assert.Equal(0UL, instance.GasLeft);
    }

    [Theory]
    [InlineData(GasModel.Flat)]
    [InlineData(GasModel.None)]
    public void A_run_is_stopped_at_the_next_block(GasModel model)
    {
        using var source = new CancellationTokenSource();
        var observer = new RecordingObserver(count =>
        {
            if (count == 2)
            {
                source.Cancel();
            }
        });
        using var instance = Start(observer, model, ulong.MaxValue);

        Assert.Equal(new Exit(ExitReason.Cancelled, 6), instance.Run(source.Token));
        Assert.Equal([0u, 6], observer.ProgramCounters);
        Assert.Equal(2UL, instance.Registers[10]);
    }

    [Fact]
    public void What_the_observer_throws_leaves_the_run_before_the_block()
    {
        var observer = new RecordingObserver(count =>
        {
            if (count == 3)
            {
                throw new InvalidTimeZoneException();
            }
        });
        using var instance = Start(observer, GasModel.Flat, 100);

        Assert.Throws<InvalidTimeZoneException>(() => instance.Run());
        Assert.Equal((2UL, 6u, 4UL), (instance.Registers[10], instance.ProgramCounter, instance.GasUsed));
        Assert.Equal(ExitReason.HostCall, instance.Run().Reason);
        Assert.Equal(9UL, instance.GasUsed);
    }

    private static Instance Start(IBlockObserver observer, GasModel model, ulong gas)
    {
        var options = new InstanceOptions { Tier = new ObservedTier(observer), GasModel = model, Gas = gas };
        var instance = Module.Create(Assembly.Program(Countdown)).CreateInstance(options);
        instance.Start();
        return instance;
    }
}

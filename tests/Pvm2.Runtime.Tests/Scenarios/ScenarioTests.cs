using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Isa;
using Pvm2.TestKit.Scenarios;
using Pvm2.TestKit.Tiers;
using Xunit;

namespace Pvm2.Runtime.Tests.Scenarios;

public sealed class ScenarioTests
{
    private const ulong SwitchingSeeds = 4;

    public static TheoryData<string, string, string> TiersAndScenarios()
    {
        var data = new TheoryData<string, string, string>();
        foreach (var tier in TierRegistry.Names)
        {
            foreach (var scenario in ScenarioFile.All)
            {
                data.Add(tier, scenario.File, scenario.Name);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(TiersAndScenarios))]
    public void Every_step_goes_as_written(string tier, string file, string name)
    {
        var scenario = ScenarioFile.All.Single(scenario => scenario.File == file && scenario.Name == name);
        var problems = new List<string>();
        foreach (var profile in scenario.Profiles)
        {
            foreach (var model in scenario.Models)
            {
                problems.AddRange(Run(scenario, tier, profile, model).Select(problem => $"{problem} ({profile}, {model})"));
            }
        }

        Assert.True(problems.Count == 0, string.Join('\n', problems));
    }

    public static TheoryData<string, string> FuzzedScenarios()
    {
        var data = new TheoryData<string, string>();
        foreach (var scenario in ScenarioFile.Fuzzed)
        {
            data.Add(scenario.File, scenario.Name);
        }

        return data;
    }

    /// <summary>What the fuzzer found may show only where a run moves between tiers.</summary>
    [Theory]
    [MemberData(nameof(FuzzedScenarios))]
    public void What_the_fuzzer_found_goes_as_written_while_tiers_are_switched(string file, string name)
    {
        var scenario = ScenarioFile.Fuzzed.Single(scenario => scenario.File == file && scenario.Name == name);
        ITier[] tiers = [.. TierRegistry.All.Select(entry => entry.Create())];
        for (var seed = 0UL; seed < SwitchingSeeds; seed++)
        {
            Assert.Empty(Run(scenario, new SwitchingTier(tiers, seed), scenario.Profiles[0], scenario.Models[0]));
        }
    }

    private static IEnumerable<string> Run(Scenario scenario, string tier, Profile profile, GasModel model) =>
        Run(scenario, TierRegistry.Create(tier), profile, model);

    private static IEnumerable<string> Run(Scenario scenario, ITier tier, Profile profile, GasModel model)
    {
        var runner = new ScenarioRunner(scenario, tier, profile, model);
        runner.Run();
        if (tier.Name == TierRegistry.Reference.Name)
        {
            return runner.Problems;
        }

        // What the scenario does not name must be as the reference tier leaves it.
        var reference = new ScenarioRunner(scenario, TierRegistry.Reference.Create(), profile, model);
        reference.Run();
        var differences = reference.States.Zip(runner.States, (expected, actual) => expected.Differences(actual)).SelectMany(text => text);
        return [.. runner.Problems, .. differences.Select(text => $"unlike {TierRegistry.Reference.Name}: {text}")];
    }
}

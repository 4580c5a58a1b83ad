using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Isa;
using Pvm2.TestKit.Fuzzing;
using Pvm2.TestKit.Scenarios;
using Pvm2.TestKit.Tiers;
using Xunit;

namespace Pvm2.Runtime.Tests.Fuzzing;

/// <summary>A tier with a mistake is found out, and the way from there to a scenario that fails on it alone.</summary>
public sealed class PlantedFaultTests
{
    private const ulong MasterSeed = 4711;
    private const ulong MaxCases = 400;

    [Theory]
    [InlineData(Opcode.Sh1add, Opcode.Sh2add, 0, 4)]
    [InlineData(Opcode.Lbu, Opcode.Lb, 0, 4)]
    [InlineData(Opcode.Bltu, Opcode.Blt, 0, 8)]
    [InlineData(Opcode.Sb, Opcode.Sh, 0, 4)]
    [InlineData(Opcode.Add, Opcode.Add, 1, 4)]
    public void A_mistake_is_found_made_small_and_written_as_a_scenario(Opcode from, Opcode to, ulong extraGas, int maxInstructions)
    {
        var folder = Directory.CreateTempSubdirectory("pvm2-findings-");
        try
        {
            var planted = PlantedTier.Entry(from, to, extraGas);
            TierEntry[] entries = [TierRegistry.Reference, planted];
            var finding = Find(entries);
            var file = new FindingsFolder(folder.FullName).Write(finding);

            Assert.Equal(planted.Name, finding.Tier);
            Assert.InRange(finding.Instructions, 1, maxInstructions);
            Assert.True(finding.ScenarioFails, finding.Scenario);
            var scenario = Assert.Single(ScenarioFile.Parse(file, File.ReadAllText(file)));
            Assert.True(Fails(scenario, planted.Create()), finding.Scenario);
            Assert.All(TierRegistry.All, entry => Assert.False(Fails(scenario, entry.Create()), $"{entry.Name}: {finding.Scenario}"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static Finding Find(TierEntry[] entries)
    {
        var tiers = new FuzzTiers(entries);
        var runner = new CaseRunner(tiers);
        for (var number = 0UL; number < MaxCases; number++)
        {
            var name = CaseName.Of(MasterSeed, number);
            var report = runner.Run(name, onlyTier: "planted");
            if (report.Difference.Length != 0)
            {
                return new FindingMaker(entries, tiers).Make(name, report, static () => { });
            }
        }

        throw new InvalidOperationException("The mistake was not found.");
    }

    private static bool Fails(Scenario scenario, ITier tier)
    {
        var runner = new ScenarioRunner(scenario, tier, scenario.Profiles[0], scenario.Models[0]);
        var reference = new ScenarioRunner(scenario, TierRegistry.Reference.Create(), scenario.Profiles[0], scenario.Models[0]);
        runner.Run();
        reference.Run();
        return runner.Problems.Count != 0
            || reference.States.Zip(runner.States, (expected, actual) => expected.Differences(actual)).Any(texts => texts.Any());
    }
}

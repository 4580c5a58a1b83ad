using Pvm2.Runtime.Gas;
using Pvm2.TestKit.Fuzzing;
using Pvm2.TestKit.Lockstep;
using Pvm2.TestKit.Scenarios;
using Pvm2.TestKit.Tiers;
using Xunit;

namespace Pvm2.Runtime.Tests.Fuzzing;

public sealed class ScenarioTextTests
{
    private const ulong MasterSeed = 815;
    private const ulong Cases = 60;
    private const int MaxInstructions = 400;

    /// <summary>Illegal encodings, jumps to nowhere, answers of the host and all: what is written is what was run.</summary>
    [Fact]
    public void Any_guest_can_be_written_as_a_scenario_that_the_reference_tier_passes()
    {
        var written = 0;
        for (var number = 0UL; number < Cases; number++)
        {
            var name = CaseName.Of(MasterSeed, number);
            var guest = GuestFactory.Make(name.Seed);
            if (guest.Instructions > MaxInstructions)
            {
                continue;
            }

            var model = (GasModel)(number % 2);
            var text = ScenarioText.Write("a guest", guest, GasPlan.Steps(model, number, goesOn: false, maxSmallRefills: 20));
            var scenario = Assert.Single(ScenarioFile.Parse("text", text));
            var runner = new ScenarioRunner(scenario, TierRegistry.Reference.Create(), scenario.Profiles[0], scenario.Models[0]);
            runner.Run();

            Assert.True(runner.Problems.Count == 0, $"{name}: {string.Join('\n', runner.Problems)}");
            Assert.NotEmpty(runner.States);
            written++;
        }

        Assert.InRange(written, (int)Cases / 2, (int)Cases);
    }
}

using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Isa;
using Pvm2.TestKit.Scenarios;
using Pvm2.TestKit.Tiers;
using Xunit;

namespace Pvm2.Runtime.Tests.Scenarios;

/// <summary>A scenario that is wrong fails, and says where.</summary>
public sealed class ScenarioKitTests
{
    private const string Source = """
        start:  li a0, 5
                fallthrough
        end:    ecalli 7
        after:
        """;

    [Theory]
    [InlineData("halt", "not with 'halt'")]
    [InlineData("host 8, pc=@after", "not with 'host 8'")]
    [InlineData("host 7", "must say at which pc")]
    [InlineData("host 7, pc=@end", "pc is ")]
    [InlineData("host 7, pc=@after, a0=6", "a0 is 0x5, not 0x6")]
    [InlineData("host 7, pc=@after, unchanged", "a0 is 0x5, not 0x0")]
    [InlineData("host 7, pc=@after, used=97", "used is 98, not 97")]
    [InlineData("host 7, pc=@after, gas=3", "gas is 2, not 3")]
    [InlineData("host 7, pc=@after, [0x10000]=00", "[0x10000] is ")]
    [InlineData("fault 0x10, pc=@after", "not with 'fault 0x10'")]
    public void A_wrong_step_is_reported_with_its_place(string step, string message)
    {
        var problems = Run(new ScenarioStep("file.txt:9", StepKind.Run, step));
        Assert.Contains(problems, problem => problem.Contains(message, StringComparison.Ordinal));
        Assert.All(problems, problem => Assert.StartsWith("file.txt:9: ", problem, StringComparison.Ordinal));
    }

    [Fact]
    public void A_right_step_is_not_reported() =>
        Assert.Empty(Run(new ScenarioStep("file.txt:9", StepKind.Run, "host 7, pc=@after, a0=5, used=98, gas=2, unchanged")));

    [Fact]
    public void A_program_that_loads_fails_a_scenario_that_wants_it_rejected() =>
        Assert.NotEmpty(Run(new ScenarioStep("file.txt:9", StepKind.Rejected, "anything")));

    private static IReadOnlyList<string> Run(ScenarioStep step)
    {
        var scenario = new Scenario("file.txt", "test", [Profile.Static], [GasModel.Pipeline], 100, false, Source, [step]);
        var runner = new ScenarioRunner(scenario, TierRegistry.Reference.Create(), Profile.Static, GasModel.Pipeline);
        runner.Run();
        return runner.Problems;
    }
}

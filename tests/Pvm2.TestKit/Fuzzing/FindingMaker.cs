using Pvm2.Runtime.Execution;
using Pvm2.TestKit.Generation;
using Pvm2.TestKit.Scenarios;
using Pvm2.TestKit.Tiers;

namespace Pvm2.TestKit.Fuzzing;

/// <summary>Makes a case that differs small, and a scenario of it.</summary>
/// <param name="entries">The tiers that the case ran on.</param>
/// <param name="tiers">The same, for cases.</param>
public sealed class FindingMaker(IReadOnlyList<TierEntry> entries, FuzzTiers tiers)
{
    private readonly CaseRunner _runner = new(tiers);

    /// <summary>Makes a finding of a case.</summary>
    /// <param name="name">The case.</param>
    /// <param name="report">What came of it.</param>
    /// <param name="tried">Called whenever another program has been tried.</param>
    public Finding Make(CaseName name, CaseReport report, Action tried)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(tried);
        var guest = GuestFactory.Make(name.Seed);
        if (report.Plan is null)
        {
            return new Finding(name, report.Tier, report.Difference, string.Empty, guest.Instructions, string.Empty, false);
        }

        bool Shows(IGuest candidate)
        {
            tried();
            return _runner.Run(name, candidate, report.Tier).Difference.Length != 0;
        }

        // First by the structure that it was made with, then whatever is left.
        var smaller = guest is PlainGuest ? guest : guest.Shrink(Shows);
        var small = (PlainGuest)PlainGuest.Of(smaller).Shrink(Shows);
        var final = _runner.Run(name, small, report.Tier);
        var scenario = ScenarioText.Write(Title(name, report, final), small, (final.Plan ?? report.Plan).Again());
        return new Finding(
            name, report.Tier, report.Difference, final.Difference, small.Instructions, scenario, Fails(scenario, report.Tier, name));
    }

    private static string Title(CaseName name, CaseReport report, CaseReport final) =>
        $"case {name}, tier {report.Tier}: {(final.Difference.Length == 0 ? report.Difference : final.Difference)}";

    /// <summary>Whether a tier does not do what the scenario says, or leaves another state than the first one.</summary>
    private bool Fails(string scenario, string tierName, CaseName name)
    {
        var tier = entries.FirstOrDefault(entry => entry.Name == tierName)?.Create()
            ?? new SwitchingTier([.. tiers.Fast().Select(fast => fast.Tier)], name.RunSeed);
        return ScenarioFile.Parse("finding", scenario).Any(read =>
        {
            var run = Run(read, tier);
            var reference = Run(read, entries[0].Create());
            return run.Problems.Count != 0
                || reference.States.Zip(run.States, (expected, actual) => expected.Differences(actual)).Any(texts => texts.Any());
        });
    }

    private static ScenarioRunner Run(Scenario scenario, ITier tier)
    {
        var runner = new ScenarioRunner(scenario, tier, scenario.Profiles[0], scenario.Models[0]);
        runner.Run();
        return runner;
    }
}

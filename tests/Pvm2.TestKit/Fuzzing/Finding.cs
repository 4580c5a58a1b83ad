namespace Pvm2.TestKit.Fuzzing;

/// <summary>A difference that was found, made as small as it could be.</summary>
/// <param name="Name">The case.</param>
/// <param name="Tier">The tier that differs.</param>
/// <param name="Difference">What differs in the whole program.</param>
/// <param name="SmallDifference">What differs in the small one.</param>
/// <param name="Instructions">How many instructions the small one has.</param>
/// <param name="Scenario">A scenario file with the small program, and what must happen.</param>
/// <param name="ScenarioFails">Whether the tier fails that file; if not, only the case shows the difference.</param>
public sealed record Finding(
    CaseName Name,
    string Tier,
    string Difference,
    string SmallDifference,
    int Instructions,
    string Scenario,
    bool ScenarioFails);

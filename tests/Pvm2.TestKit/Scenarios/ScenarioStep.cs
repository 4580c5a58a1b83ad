namespace Pvm2.TestKit.Scenarios;

/// <summary>A step of a scenario.</summary>
/// <param name="Place">File and line.</param>
/// <param name="Kind">What it does.</param>
/// <param name="Text">What stands behind the step's name.</param>
public sealed record ScenarioStep(string Place, StepKind Kind, string Text);

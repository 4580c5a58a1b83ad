using Pvm2.Compare.Results;

namespace Pvm2.Compare.Baselines;

/// <summary>One side of a ratio: a figure of the results.</summary>
/// <param name="Kind">What is inside the clock.</param>
/// <param name="Engine">The engine's <see cref="EngineFacts.Id"/>.</param>
/// <param name="Workload">The workload's name.</param>
public sealed record BaselineOperand(Kind Kind, string Engine, string Workload);

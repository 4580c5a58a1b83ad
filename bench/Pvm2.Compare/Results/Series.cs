namespace Pvm2.Compare.Results;

/// <summary>The samples of one figure, one a round. Samples of one round were taken within moments of each other.</summary>
/// <param name="Kind">What is inside the clock.</param>
/// <param name="Engine">The engine's <see cref="EngineFacts.Id"/>.</param>
/// <param name="Workload">The workload's name.</param>
/// <param name="Repetitions">How often it was done within a sample.</param>
/// <param name="Nanoseconds">Of one repetition, in the order of the rounds.</param>
public sealed record Series(Kind Kind, string Engine, string Workload, int Repetitions, IReadOnlyList<double> Nanoseconds);

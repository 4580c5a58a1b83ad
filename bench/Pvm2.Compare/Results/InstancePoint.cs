namespace Pvm2.Compare.Results;

/// <summary>Many live instances of one compiled program, each of which has run once.</summary>
/// <param name="Engine">The engine's <see cref="EngineFacts.Id"/>.</param>
/// <param name="Count">Instances alive at once.</param>
/// <param name="Nanoseconds">For one instance: making it and its first run, in the order of the rounds.</param>
/// <param name="ResidentBytes">Resident memory of one instance: the growth of the process divided by <paramref name="Count"/>, in the order of the rounds.</param>
/// <param name="Failure">Why there is no figure; empty where there is.</param>
public sealed record InstancePoint(
    string Engine, int Count, IReadOnlyList<double> Nanoseconds, IReadOnlyList<double> ResidentBytes, string Failure);

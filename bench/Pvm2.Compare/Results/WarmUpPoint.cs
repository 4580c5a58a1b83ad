namespace Pvm2.Compare.Results;

/// <summary>How fast a long guest runs some time after its start.</summary>
/// <param name="Engine">The engine's <see cref="EngineFacts.Id"/>.</param>
/// <param name="Milliseconds">The end of the interval, since the start of the run; it begins where the one before ends.</param>
/// <param name="Speeds">Guest instructions a nanosecond within the interval, one for each round that has any.</param>
public sealed record WarmUpPoint(string Engine, double Milliseconds, IReadOnlyList<double> Speeds);

namespace Pvm2.Fuzz.Workers;

/// <summary>What came of a case that a worker was given.</summary>
/// <param name="Message">What it told; without counts if it failed.</param>
/// <param name="Failure">How it failed; empty if it did not.</param>
/// <param name="IsDead">Whether it died by itself.</param>
internal readonly record struct WorkerAnswer(WorkerMessage Message, string Failure, bool IsDead);

namespace Pvm2.TestKit.Snapshots;

/// <summary>A snapshot that was taken to be finished elsewhere, and what must come of it.</summary>
/// <param name="Guest">What reports call the guest.</param>
/// <param name="HasDefaultHost">Which host it has.</param>
/// <param name="TakenBy">The processor and the tier that it was taken on.</param>
/// <param name="File">The file of the snapshot, which holds the program too.</param>
/// <param name="LaterMark">Gas used in all at which another snapshot was taken.</param>
/// <param name="LaterHash">The SHA-256 of that one.</param>
/// <param name="Final">How a run ended that nothing stopped.</param>
public sealed record ExchangeTrial(
    string Guest,
    bool HasDefaultHost,
    string TakenBy,
    string File,
    ulong LaterMark,
    string LaterHash,
    FinalState Final);

namespace Pvm2.Cli.Running;

/// <summary>When a run is to be written down, and where.</summary>
/// <param name="File">The file to write.</param>
/// <param name="Mark">Gas used in all, beyond which the run stops; null to write it down only when it is cancelled.</param>
/// <param name="WithProgram">Whether the file holds the program too.</param>
internal sealed record SnapshotRequest(string File, ulong? Mark, bool WithProgram);

using Pvm2.Runtime.Snapshots;

namespace Pvm2.Cli.Running;

/// <summary>A run to go on with, rather than to start.</summary>
/// <param name="File">The file of the snapshot.</param>
/// <param name="Snapshot">Where the run stood.</param>
/// <param name="HoldsProgram">Whether the program is the one in the snapshot, rather than in a file of its own.</param>
/// <param name="AddedGas">Gas that it gets besides what it had left.</param>
internal sealed record ResumeRequest(string File, Snapshot Snapshot, bool HoldsProgram, ulong AddedGas);

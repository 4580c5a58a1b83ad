using System.Security.Cryptography;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Snapshots;
using Pvm2.TestKit.States;

namespace Pvm2.TestKit.Snapshots;

/// <summary>How a run ended, in so few bytes that it can be sent to another machine.</summary>
/// <param name="Exit">The exit.</param>
/// <param name="Digest">Of registers, program counter, gas and the whole memory.</param>
/// <param name="SnapshotHash">Of the snapshot at the end.</param>
public sealed record FinalState(Exit Exit, string Digest, string SnapshotHash)
{
    /// <summary>The state of an instance whose run has just ended.</summary>
    public static FinalState Of(Instance instance, Exit exit)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return new FinalState(exit, MachineState.Of(instance).Digest(), HashOf(instance.TakeSnapshot()));
    }

    /// <summary>The SHA-256 of a snapshot's bytes.</summary>
    public static string HashOf(Snapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        return Convert.ToHexStringLower(SHA256.HashData(snapshot.ToArray()));
    }
}

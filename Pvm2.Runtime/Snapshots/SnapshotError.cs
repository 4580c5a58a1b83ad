using System.Globalization;

namespace Pvm2.Runtime.Snapshots;

/// <summary>Why bytes are no snapshot, or a snapshot is none of a module.</summary>
/// <param name="Offset">Where the offending part is, in bytes from the start of the snapshot.</param>
/// <param name="Reason">The rule that is broken, in words.</param>
public sealed record SnapshotError(long Offset, string Reason)
{
    /// <summary>The whole message in one line.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"at 0x{Offset:x}: {Reason}");
}

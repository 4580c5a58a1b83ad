using System.Diagnostics.CodeAnalysis;
using Pvm2.Runtime.Programs;
using Pvm2.Runtime.Snapshots;

namespace Pvm2.Cli.Input;

/// <summary>Reads and writes the files of snapshots.</summary>
internal static class SnapshotSource
{
    /// <summary>Reads a snapshot.</summary>
    /// <param name="path">The file.</param>
    /// <param name="maxMemory">The most memory that its program may declare, by which the file is limited too.</param>
    /// <param name="snapshot">The snapshot.</param>
    /// <param name="failure">Why there is none.</param>
    public static bool TryRead(
        string path,
        ulong maxMemory,
        [NotNullWhen(true)] out Snapshot? snapshot,
        [NotNullWhen(false)] out CommandFailure? failure)
    {
        // The program, all of the memory, and the eight bytes that stand before each page of it.
        var memory = Math.Min(maxMemory, AddressSpace.Size);
        var limit = Math.Min(BoundedFile.MaxSize + (memory / 512 * 513), (ulong)Snapshot.MaxSize - 1);
        snapshot = null;
        if (!BoundedFile.TryRead(path, out var bytes, out failure, (int)limit))
        {
            return false;
        }

        failure = Snapshot.TryRead(bytes.Span, out snapshot, out var error) ? null : Describe(path, error);
        return snapshot is not null;
    }

    /// <summary>Writes a snapshot; the file is the old one or the new one, never a part of either.</summary>
    public static bool TryWrite(string path, Snapshot snapshot, [NotNullWhen(false)] out CommandFailure? failure) =>
        BoundedFile.TryReplace(path, snapshot.WriteTo, out failure);

    /// <summary>Describes what is wrong with a snapshot.</summary>
    public static CommandFailure Describe(string path, SnapshotError error) =>
        new(ExitCode.InvalidSnapshot, $"{path}: {error}")
        {
            Details = [new FailureDetail(error.ToString()) { Offset = error.Offset, Reason = error.Reason }],
        };
}

using System.Diagnostics.CodeAnalysis;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Programs;

namespace Pvm2.Runtime.Snapshots;

/// <summary>
/// The state of an instance at the start of a block, or before or after a run: what it takes to go on, or to compare,
/// on any tier and any machine. Immutable.
/// </summary>
/// <remarks>
/// The same state has the same bytes. What the host keeps for the guest is not in it: input that the guest has read,
/// output that it has written, and handlers of host calls.
/// </remarks>
public sealed class Snapshot
{
    private readonly ulong[] _registers;
    private readonly SnapshotPage[] _pages;

    /// <summary>Takes over the arrays.</summary>
    internal Snapshot(ulong[] registers, SnapshotPage[] pages)
    {
        _registers = registers;
        _pages = pages;
        PagesSize = (long)pages.Length * SnapshotFormat.PageHeaderSize;
        foreach (var page in pages)
        {
            PagesSize += page.Content.Length;
        }
    }

    /// <summary>The most bytes of a snapshot, a little less than 2 GiB: what an array can hold.</summary>
    public static int MaxSize => Array.MaxLength;

    /// <summary>Of which program it is.</summary>
    public required ProgramHash Program { get; init; }

    /// <summary>How blocks got their price.</summary>
    public required GasModel GasModel { get; init; }

    /// <summary>Whether a run goes on from here.</summary>
    public required RunPhase Phase { get; init; }

    /// <summary>
    /// Where the run stands, as the guest counts; see <see cref="Exit.ProgramCounter"/>. 0 where nothing was started.
    /// </summary>
    public required uint ProgramCounter { get; init; }

    /// <summary>Gas left; null where nothing is metered.</summary>
    public required ulong? GasLeft { get; init; }

    /// <summary>Gas used by all runs; null where nothing is metered.</summary>
    public required ulong? GasUsed { get; init; }

    /// <summary>The container of the program; empty where the snapshot does not hold it.</summary>
    public ReadOnlyMemory<byte> Container { get; init; }

    /// <summary>x0 to x15.</summary>
    public ReadOnlySpan<ulong> Registers => _registers;

    /// <summary>The pages that differ from what the program declares, by ascending address.</summary>
    public ReadOnlySpan<SnapshotPage> Pages => _pages;

    /// <summary>Bytes of the whole snapshot.</summary>
    public long Size => SnapshotFormat.MinSize + Container.Length + PagesSize;

    private long PagesSize { get; }

    /// <summary>Whether bytes start as a snapshot does, whatever follows.</summary>
    public static bool HasMagic(ReadOnlySpan<byte> bytes) => bytes.StartsWith(SnapshotFormat.Magic);

    /// <summary>Reads a snapshot, whose bytes may come from anybody.</summary>
    /// <param name="bytes">The whole snapshot.</param>
    /// <param name="snapshot">
    /// The snapshot. It is canonical: <see cref="ToArray"/> makes the same bytes of it. Whether its program has such a
    /// state is for <see cref="Module.TryRestore"/> to say, and whether <see cref="Container"/> is a program for
    /// <see cref="Module.TryLoad"/>.
    /// </param>
    /// <param name="error">What is wrong with the first bytes that are.</param>
    /// <returns>Whether the bytes are a snapshot.</returns>
    /// <remarks>
    /// It takes time linear in the length of the bytes and allocates at most six bytes for each of them, whatever they
    /// hold.
    /// </remarks>
    public static bool TryRead(
        ReadOnlySpan<byte> bytes,
        [NotNullWhen(true)] out Snapshot? snapshot,
        [NotNullWhen(false)] out SnapshotError? error) => SnapshotReader.TryRead(bytes, out snapshot, out error);

    /// <summary>All bytes of the snapshot.</summary>
    public byte[] ToArray()
    {
        var bytes = new byte[Size];
        using var stream = new MemoryStream(bytes);
        WriteTo(stream);
        return bytes;
    }

    /// <summary>Writes all bytes of the snapshot, many of them in small pieces.</summary>
    /// <exception cref="IOException">The destination does not take them.</exception>
    public void WriteTo(Stream destination)
    {
        ArgumentNullException.ThrowIfNull(destination);
        SnapshotWriter.Write(this, destination);
    }
}

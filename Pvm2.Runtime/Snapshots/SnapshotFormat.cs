using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Programs;

namespace Pvm2.Runtime.Snapshots;

/// <summary>
/// Where everything is in the bytes of a snapshot, which <c>docs/snapshots.md</c> describes. All numbers are
/// little-endian.
/// </summary>
internal static class SnapshotFormat
{
    /// <summary>The version that is written, and the only one that is read.</summary>
    internal const ushort Version = 1;

    internal const int VersionOffset = 4;
    internal const int PhaseOffset = 6;
    internal const int GasModelOffset = 7;
    internal const int ProgramHashOffset = 8;
    internal const int GasLeftOffset = ProgramHashOffset + ProgramHash.Size;
    internal const int GasUsedOffset = GasLeftOffset + sizeof(ulong);

    /// <summary>Where x1 is; x2 to x15 follow.</summary>
    internal const int RegistersOffset = GasUsedOffset + sizeof(ulong);

    internal const int ProgramCounterOffset = RegistersOffset + ((RegisterNames.Count - 1) * sizeof(ulong));
    internal const int ContainerLengthOffset = ProgramCounterOffset + sizeof(uint);
    internal const int PageCountOffset = ContainerLengthOffset + sizeof(uint);

    /// <summary>Bytes before the program and the pages.</summary>
    internal const int HeaderSize = PageCountOffset + sizeof(uint);

    /// <summary>Bytes of a page before its content: its number, where its content begins, and how long that is.</summary>
    internal const int PageHeaderSize = sizeof(uint) + sizeof(ushort) + sizeof(ushort);

    /// <summary>Bytes of the hash at the end.</summary>
    internal const int HashSize = 32;

    /// <summary>Bytes of a snapshot without program and pages.</summary>
    internal const int MinSize = HeaderSize + HashSize;

    /// <summary>The first bytes of every snapshot.</summary>
    internal static ReadOnlySpan<byte> Magic => "PVMS"u8;
}

using System.Buffers.Binary;
using System.Security.Cryptography;
using Pvm2.Runtime.Programs;

namespace Pvm2.Runtime.Snapshots;

/// <summary>Writes snapshots in their one encoding.</summary>
internal static class SnapshotWriter
{
    internal static void Write(Snapshot snapshot, Stream destination)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> header = stackalloc byte[SnapshotFormat.HeaderSize];
        WriteHeader(snapshot, header);
        Put(header);
        Put(snapshot.Container.Span);
        foreach (ref readonly var page in snapshot.Pages)
        {
            Span<byte> pageHeader = header[..SnapshotFormat.PageHeaderSize];
            WritePageHeader(page, pageHeader);
            Put(pageHeader);
            Put(page.Content.Span);
        }

        Span<byte> digest = header[..SnapshotFormat.HashSize];
        hash.GetHashAndReset(digest);
        destination.Write(digest);

        void Put(ReadOnlySpan<byte> bytes)
        {
            hash.AppendData(bytes);
            destination.Write(bytes);
        }
    }

    private static void WriteHeader(Snapshot snapshot, Span<byte> header)
    {
        SnapshotFormat.Magic.CopyTo(header);
        BinaryPrimitives.WriteUInt16LittleEndian(header[SnapshotFormat.VersionOffset..], SnapshotFormat.Version);
        header[SnapshotFormat.PhaseOffset] = (byte)snapshot.Phase;
        header[SnapshotFormat.GasModelOffset] = (byte)snapshot.GasModel;
        snapshot.Program.CopyTo(header[SnapshotFormat.ProgramHashOffset..]);
        BinaryPrimitives.WriteUInt64LittleEndian(header[SnapshotFormat.GasLeftOffset..], snapshot.GasLeft ?? 0);
        BinaryPrimitives.WriteUInt64LittleEndian(header[SnapshotFormat.GasUsedOffset..], snapshot.GasUsed ?? 0);
        for (var register = 1; register < snapshot.Registers.Length; register++)
        {
            var offset = SnapshotFormat.RegistersOffset + ((register - 1) * sizeof(ulong));
            BinaryPrimitives.WriteUInt64LittleEndian(header[offset..], snapshot.Registers[register]);
        }

        BinaryPrimitives.WriteUInt32LittleEndian(header[SnapshotFormat.ProgramCounterOffset..], snapshot.ProgramCounter);
        BinaryPrimitives.WriteUInt32LittleEndian(
            header[SnapshotFormat.ContainerLengthOffset..], (uint)snapshot.Container.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(header[SnapshotFormat.PageCountOffset..], (uint)snapshot.Pages.Length);
    }

    private static void WritePageHeader(in SnapshotPage page, Span<byte> header)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(header, page.Address >> AddressSpace.PageShift);
        BinaryPrimitives.WriteUInt16LittleEndian(header[sizeof(uint)..], (ushort)page.Start);
        BinaryPrimitives.WriteUInt16LittleEndian(header[(sizeof(uint) + sizeof(ushort))..], (ushort)page.Content.Length);
    }
}

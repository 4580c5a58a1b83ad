using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Programs;

namespace Pvm2.Runtime.Snapshots;

/// <summary>Reads snapshots, and accepts no bytes but those that <see cref="SnapshotWriter"/> would write.</summary>
internal sealed class SnapshotReader
{
    private const uint PagesOfAddressSpace = (uint)(AddressSpace.Size >> AddressSpace.PageShift);

    private readonly ReadOnlyMemory<byte> _bytes;
    private int _position = SnapshotFormat.HeaderSize;
    private SnapshotError? _error;

    /// <summary>Takes bytes whose hash is right, without that hash.</summary>
    private SnapshotReader(ReadOnlyMemory<byte> bytes) => _bytes = bytes;

    private int Remaining => _bytes.Length - _position;

    internal static bool TryRead(
        ReadOnlySpan<byte> bytes,
        [NotNullWhen(true)] out Snapshot? snapshot,
        [NotNullWhen(false)] out SnapshotError? error)
    {
        snapshot = null;
        error = FindDamage(bytes);
        if (error is not null)
        {
            return false;
        }

        // A copy, since the caller may change the bytes later; the program and pages stay slices of it.
        var reader = new SnapshotReader(bytes[..^SnapshotFormat.HashSize].ToArray());
        snapshot = reader.Read();
        error = reader._error;
        return snapshot is not null;
    }

    /// <summary>Looks at what tells a snapshot from anything else, and whether it is whole.</summary>
    private static SnapshotError? FindDamage(ReadOnlySpan<byte> bytes)
    {
        if (!bytes.StartsWith(SnapshotFormat.Magic))
        {
            return new SnapshotError(0, "this is no snapshot, which would start with 'PVMS'");
        }

        if (bytes.Length < SnapshotFormat.MinSize)
        {
            return new SnapshotError(
                bytes.Length, $"the snapshot ends after {bytes.Length} bytes, and the shortest has {SnapshotFormat.MinSize}");
        }

        var version = BinaryPrimitives.ReadUInt16LittleEndian(bytes[SnapshotFormat.VersionOffset..]);
        if (version != SnapshotFormat.Version)
        {
            return new SnapshotError(
                SnapshotFormat.VersionOffset, $"version {version} is not known, only {SnapshotFormat.Version}");
        }

        var end = bytes.Length - SnapshotFormat.HashSize;
        Span<byte> hash = stackalloc byte[SnapshotFormat.HashSize];
        SHA256.HashData(bytes[..end], hash);
        return hash.SequenceEqual(bytes[end..])
            ? null
            : new SnapshotError(end, "the last 32 bytes are not the SHA-256 of those before: some are missing or changed");
    }

    private Snapshot? Read()
    {
        var header = _bytes.Span;
        var phase = (RunPhase)header[SnapshotFormat.PhaseOffset];
        var model = (GasModel)header[SnapshotFormat.GasModelOffset];
        var left = BinaryPrimitives.ReadUInt64LittleEndian(header[SnapshotFormat.GasLeftOffset..]);
        var used = BinaryPrimitives.ReadUInt64LittleEndian(header[SnapshotFormat.GasUsedOffset..]);
        var programCounter = BinaryPrimitives.ReadUInt32LittleEndian(header[SnapshotFormat.ProgramCounterOffset..]);
        var program = new ProgramHash(header.Slice(SnapshotFormat.ProgramHashOffset, ProgramHash.Size));
        if (!CheckState(phase, model, left, used, programCounter)
            || !TryReadContainer(program, out var container)
            || !TryReadPages(out var pages))
        {
            return null;
        }

        var isMetered = model != GasModel.None;
        return new Snapshot(ReadRegisters(header), pages)
        {
            Program = program,
            GasModel = model,
            Phase = phase,
            ProgramCounter = programCounter,
            GasLeft = isMetered ? left : null,
            GasUsed = isMetered ? used : null,
            Container = container,
        };
    }

    private bool CheckState(RunPhase phase, GasModel model, ulong left, ulong used, uint programCounter)
    {
        if (phase > RunPhase.Ended)
        {
            return Fail(SnapshotFormat.PhaseOffset, $"{(byte)phase} is no phase of a run");
        }

        if (model > GasModel.None)
        {
            return Fail(SnapshotFormat.GasModelOffset, $"{(byte)model} is no gas model");
        }

        if (model == GasModel.None && (left | used) != 0)
        {
            return Fail(SnapshotFormat.GasLeftOffset, "there is gas, and nothing is metered");
        }

        return phase != RunPhase.Idle || programCounter == 0
            || Fail(SnapshotFormat.ProgramCounterOffset, "there is a program counter, and nothing was started");
    }

    private static ulong[] ReadRegisters(ReadOnlySpan<byte> header)
    {
        var registers = new ulong[RegisterNames.Count];
        for (var register = 1; register < registers.Length; register++)
        {
            var offset = SnapshotFormat.RegistersOffset + ((register - 1) * sizeof(ulong));
            registers[register] = BinaryPrimitives.ReadUInt64LittleEndian(header[offset..]);
        }

        return registers;
    }

    private bool TryReadContainer(ProgramHash program, out ReadOnlyMemory<byte> container)
    {
        container = default;
        var length = BinaryPrimitives.ReadUInt32LittleEndian(_bytes.Span[SnapshotFormat.ContainerLengthOffset..]);
        if (length > (uint)Remaining)
        {
            return Fail(
                SnapshotFormat.ContainerLengthOffset, $"the program has {length} bytes, more than there are");
        }

        container = _bytes.Slice(_position, (int)length);
        _position += (int)length;
        return length == 0
            || ProgramHash.OfContainer(container.Span) == program
            || Fail(SnapshotFormat.HeaderSize, "the program is not the one of the hash");
    }

    private bool TryReadPages([NotNullWhen(true)] out SnapshotPage[]? pages)
    {
        pages = null;
        var count = BinaryPrimitives.ReadUInt32LittleEndian(_bytes.Span[SnapshotFormat.PageCountOffset..]);
        if (count > (uint)Remaining / SnapshotFormat.PageHeaderSize)
        {
            return Fail(SnapshotFormat.PageCountOffset, $"there are {count} pages, more than the bytes have room for");
        }

        var read = new SnapshotPage[count];
        var next = 0u;
        for (var i = 0; i < read.Length; i++)
        {
            if (!TryReadPage(next, out read[i]))
            {
                return false;
            }

            next = (read[i].Address >> AddressSpace.PageShift) + 1;
        }

        pages = read;
        return Remaining == 0 || Fail(_position, $"{Remaining} bytes follow the last page");
    }

    /// <summary>Reads a page.</summary>
    /// <param name="lowest">The lowest number that it may have.</param>
    private bool TryReadPage(uint lowest, out SnapshotPage page)
    {
        page = default;
        var start = _position;
        if (Remaining < SnapshotFormat.PageHeaderSize)
        {
            return Fail(start, "the bytes end in a page");
        }

        var header = _bytes.Span[start..];
        var number = BinaryPrimitives.ReadUInt32LittleEndian(header);
        var contentStart = BinaryPrimitives.ReadUInt16LittleEndian(header[sizeof(uint)..]);
        var length = BinaryPrimitives.ReadUInt16LittleEndian(header[(sizeof(uint) + sizeof(ushort))..]);
        if (number < lowest || number >= PagesOfAddressSpace)
        {
            return Fail(start, $"page {number} does not follow the one before, or is beyond the address space");
        }

        _position += SnapshotFormat.PageHeaderSize;
        if (contentStart + length > AddressSpace.PageSize || length > Remaining)
        {
            return Fail(start, $"page {number} has content beyond its end, or beyond the end of the bytes");
        }

        var content = _bytes.Slice(_position, length);
        _position += length;
        page = new SnapshotPage(number << AddressSpace.PageShift, contentStart, content);
        return IsTrimmed(page)
            || Fail(start, $"the content of page {number} begins or ends with a zero, or is none and has a place");
    }

    private static bool IsTrimmed(in SnapshotPage page) => page.Content.IsEmpty
        ? page.Start == 0
        : page.Content.Span[0] != 0 && page.Content.Span[^1] != 0;

    private bool Fail(long offset, string reason)
    {
        _error = new SnapshotError(offset, reason);
        return false;
    }
}

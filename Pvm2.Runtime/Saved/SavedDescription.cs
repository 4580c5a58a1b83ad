using System.Buffers.Binary;
using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Memory;
using Pvm2.Runtime.Programs;

namespace Pvm2.Runtime.Saved;

/// <summary>What a saved assembly holds besides its code, and the bytes that say it.</summary>
/// <param name="Hash">The hash of the program.</param>
/// <param name="Container">The program.</param>
/// <param name="Readable">The main readable run of memory, which is part of the code.</param>
/// <param name="Writable">The main writable run of memory, which is part of the code.</param>
/// <param name="Regions">What was compiled, at most once for each gas model.</param>
/// <remarks>
/// The bytes are little-endian numbers of 32 bits, but for the hash and the container: the hash; start and size of the
/// readable and of the writable run; the length of the container and the container; the number of models and for each its number, the number of its regions, and for each
/// region the number of its entries and their blocks.
/// </remarks>
internal sealed record SavedDescription(
    ProgramHash Hash, AddressRange Readable, AddressRange Writable, ReadOnlyMemory<byte> Container, SavedRegions[] Regions)
{
    /// <summary>Writes the description.</summary>
    public byte[] ToBytes()
    {
        var bytes = new List<byte>();
        Span<byte> hash = stackalloc byte[ProgramHash.Size];
        Hash.CopyTo(hash);
        bytes.AddRange(hash);
        Add(bytes, Readable);
        Add(bytes, Writable);
        Add(bytes, Container.Length);
        bytes.AddRange(Container.Span);
        Add(bytes, Regions.Length);
        foreach (var regions in Regions)
        {
            Add(bytes, (int)regions.Model);
            Add(bytes, regions.Entries.Length);
            foreach (var blocks in regions.Entries)
            {
                Add(bytes, blocks.Length);
                foreach (var block in blocks)
                {
                    Add(bytes, block);
                }
            }
        }

        return [.. bytes];
    }

    /// <summary>Reads a description.</summary>
    /// <exception cref="BadImageFormatException">The bytes end too soon.</exception>
    public static SavedDescription Read(ReadOnlySpan<byte> bytes)
    {
        var hash = new ProgramHash(Take(ref bytes, ProgramHash.Size));
        var readable = TakeRange(ref bytes);
        var writable = TakeRange(ref bytes);
        var container = Take(ref bytes, TakeLength(ref bytes)).ToArray();
        var regions = new SavedRegions[TakeLength(ref bytes)];
        for (var i = 0; i < regions.Length; i++)
        {
            var model = (GasModel)TakeNumber(ref bytes);
            regions[i] = new SavedRegions(model, ReadEntries(ref bytes));
        }

        return new SavedDescription(hash, readable, writable, container, regions);
    }

    private static int[][] ReadEntries(ref ReadOnlySpan<byte> bytes)
    {
        var entries = new int[TakeLength(ref bytes)][];
        for (var region = 0; region < entries.Length; region++)
        {
            var blocks = new int[TakeLength(ref bytes)];
            for (var entry = 0; entry < blocks.Length; entry++)
            {
                blocks[entry] = TakeNumber(ref bytes);
            }

            entries[region] = blocks;
        }

        return entries;
    }

    /// <summary>Takes how many of something follow, each of which has a byte or more.</summary>
    private static int TakeLength(ref ReadOnlySpan<byte> bytes)
    {
        var length = TakeNumber(ref bytes);
        return (uint)length <= (uint)bytes.Length ? length : throw TooShort();
    }

    private static AddressRange TakeRange(ref ReadOnlySpan<byte> bytes)
    {
        var start = (uint)TakeNumber(ref bytes);
        return new AddressRange(start, (ulong)start + (uint)TakeNumber(ref bytes));
    }

    private static int TakeNumber(ref ReadOnlySpan<byte> bytes) =>
        BinaryPrimitives.ReadInt32LittleEndian(Take(ref bytes, sizeof(int)));

    private static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> bytes, int count)
    {
        if (count > bytes.Length)
        {
            throw TooShort();
        }

        var taken = bytes[..count];
        bytes = bytes[count..];
        return taken;
    }

    private static BadImageFormatException TooShort() => new("The description of the saved guest ends too soon.");

    /// <summary>A run of 4 GiB cannot be: the lowest pages are never declared.</summary>
    private static void Add(List<byte> bytes, AddressRange range)
    {
        Add(bytes, (int)range.Start);
        Add(bytes, (int)range.Length);
    }

    private static void Add(List<byte> bytes, int value)
    {
        Span<byte> number = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(number, value);
        bytes.AddRange(number);
    }
}

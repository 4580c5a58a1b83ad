namespace Pvm2.Runtime.Programs;

/// <summary>Constants of the <c>.pvm2</c> container, which <c>docs/container.md</c> describes byte by byte.</summary>
public static class ContainerFormat
{
    /// <summary>The version that is written, and the only one that is read.</summary>
    public const byte Version = 1;

    /// <summary>The first bytes of every container: <c>PVM2</c> in ASCII.</summary>
    public static ReadOnlySpan<byte> Magic => "PVM2"u8;

    /// <summary>Bytes before the first section: magic, version and profile.</summary>
    internal const int HeaderSize = 6;

    /// <summary>The most bytes that a number takes: 32 bits, seven a byte.</summary>
    internal const int MaxNumberSize = 5;

    /// <summary>The fewest bytes of a chunk: gap, length, one byte of content.</summary>
    internal const int MinChunkSize = 3;

    /// <summary>The fewest bytes of an entry point or a symbol: name length, one letter, offset.</summary>
    internal const int MinNamedOffsetSize = 3;

    /// <summary>The fewest bytes of a build note: key length, one letter, the length of an empty value.</summary>
    internal const int MinNoteSize = 3;

    /// <summary>The highest page number and the most pages of a region: 2^20 − 1.</summary>
    internal const uint MaxPage = (uint)(AddressSpace.Size / AddressSpace.PageSize) - 1;

    /// <summary>Whether bytes start as a container does, whatever follows.</summary>
    public static bool HasMagic(ReadOnlySpan<byte> bytes) => bytes.StartsWith(Magic);
}

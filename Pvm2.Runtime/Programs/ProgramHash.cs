using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Pvm2.Runtime.Programs;

/// <summary>
/// What identifies a program: the SHA-256 of its container. A program has one container, so that equal programs have
/// equal hashes, whoever wrote them.
/// </summary>
public readonly struct ProgramHash : IEquatable<ProgramHash>
{
    /// <summary>Bytes of a hash.</summary>
    public const int Size = 32;

    // Not of 128 bits: ReadyToRun leaves out all code that has such a number in one of its types.
    private readonly ulong _first;
    private readonly ulong _second;
    private readonly ulong _third;
    private readonly ulong _fourth;

    /// <summary>Takes a hash that was computed before.</summary>
    /// <param name="bytes">The 32 bytes, in the order in which SHA-256 gives them.</param>
    /// <exception cref="ArgumentException">There are not 32 bytes.</exception>
    public ProgramHash(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Size)
        {
            throw new ArgumentException($"A hash has {Size} bytes, not {bytes.Length}.", nameof(bytes));
        }

        _first = BinaryPrimitives.ReadUInt64BigEndian(bytes);
        _second = BinaryPrimitives.ReadUInt64BigEndian(bytes[sizeof(ulong)..]);
        _third = BinaryPrimitives.ReadUInt64BigEndian(bytes[(2 * sizeof(ulong))..]);
        _fourth = BinaryPrimitives.ReadUInt64BigEndian(bytes[(3 * sizeof(ulong))..]);
    }

    /// <summary>Whether two hashes are equal.</summary>
    public static bool operator ==(ProgramHash left, ProgramHash right) => left.Equals(right);

    /// <summary>Whether two hashes differ.</summary>
    public static bool operator !=(ProgramHash left, ProgramHash right) => !left.Equals(right);

    /// <summary>Hashes a program.</summary>
    /// <exception cref="ArgumentException">The program has no container: see <see cref="ProgramWriter.Write"/>.</exception>
    public static ProgramHash Of(GuestProgram program) => OfContainer(ProgramWriter.Write(program));

    /// <summary>Hashes a container that <see cref="ProgramReader.TryRead"/> accepted.</summary>
    /// <param name="container">All its bytes.</param>
    public static ProgramHash OfContainer(ReadOnlySpan<byte> container)
    {
        Span<byte> hash = stackalloc byte[Size];
        SHA256.HashData(container, hash);
        return new ProgramHash(hash);
    }

    /// <summary>Reads 64 hexadecimal digits of either case.</summary>
    /// <returns>Whether the text is that.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out ProgramHash hash)
    {
        Span<byte> bytes = stackalloc byte[Size];
        var valid = text?.Length == 2 * Size
            && Convert.FromHexString(text, bytes, out _, out _) == System.Buffers.OperationStatus.Done;
        hash = valid ? new ProgramHash(bytes) : default;
        return valid;
    }

    /// <summary>Writes the 32 bytes.</summary>
    /// <exception cref="ArgumentException">The destination has no room for them.</exception>
    public void CopyTo(Span<byte> destination)
    {
        if (destination.Length < Size)
        {
            throw new ArgumentException($"A hash needs {Size} bytes.", nameof(destination));
        }

        BinaryPrimitives.WriteUInt64BigEndian(destination, _first);
        BinaryPrimitives.WriteUInt64BigEndian(destination[sizeof(ulong)..], _second);
        BinaryPrimitives.WriteUInt64BigEndian(destination[(2 * sizeof(ulong))..], _third);
        BinaryPrimitives.WriteUInt64BigEndian(destination[(3 * sizeof(ulong))..], _fourth);
    }

    /// <inheritdoc/>
    public bool Equals(ProgramHash other) =>
        _first == other._first && _second == other._second && _third == other._third && _fourth == other._fourth;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ProgramHash other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _fourth.GetHashCode();

    /// <summary>The hash as 64 lower-case hexadecimal digits.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Size];
        CopyTo(bytes);
        return Convert.ToHexStringLower(bytes);
    }
}

using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Pvm2.Runtime.Isa;

/// <summary>Reads instructions from code bytes. It allocates nothing and never throws on what the bytes hold.</summary>
public static class Decoder
{
    /// <summary>Decodes the instruction at an offset.</summary>
    /// <param name="code">The whole code of a program.</param>
    /// <param name="offset">Where the instruction starts: 0 to <c>code.Length − 1</c>.</param>
    /// <param name="profile">The profile whose rules apply.</param>
    /// <returns>
    /// The instruction, or <see cref="Opcode.Illegal"/> with the number of bytes to skip: a reserved or forbidden
    /// encoding, a register that the profile does not have, or what the end of the code cuts off.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="offset"/> is not inside the code.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Instruction Decode(ReadOnlySpan<byte> code, int offset, Profile profile)
    {
        var rest = code[offset..];
        if (rest.Length < sizeof(uint))
        {
            return DecodeTable.Of(profile).DecodeLast(rest);
        }

        var bits = BinaryPrimitives.ReadUInt32LittleEndian(rest);
        return (bits & 3) == 3 ? DecodeTable.Of(profile).DecodeWord(bits) : DecodeTable.Of(profile).DecodeHalfword((ushort)bits);
    }

    /// <summary>Decodes a 4-byte encoding (its two lowest bits are ones).</summary>
    public static Instruction DecodeWord(uint word, Profile profile) => DecodeTable.Of(profile).DecodeWord(word);

    /// <summary>Decodes a 2-byte encoding (its two lowest bits are not both ones) and expands it.</summary>
    public static Instruction DecodeHalfword(ushort halfword, Profile profile) =>
        DecodeTable.Of(profile).DecodeHalfword(halfword);

    /// <summary>The length in bytes, 2 or 4, of an instruction whose first byte is given.</summary>
    public static int LengthOf(byte firstByte) => (firstByte & 3) == 3 ? 4 : 2;
}

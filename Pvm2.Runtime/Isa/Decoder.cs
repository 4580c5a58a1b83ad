using System.Buffers.Binary;

namespace Pvm2.Runtime.Isa;

/// <summary>Reads instructions from code bytes. It allocates nothing and never throws on what the bytes hold.</summary>
public static class Decoder
{
    private const uint BeyondE = 0xFFFF_0000;
    private const uint GlobalAndThreadPointer = (1u << 3) | (1u << 4);

    /// <summary>Decodes the instruction at an offset.</summary>
    /// <param name="code">The whole code of a program.</param>
    /// <param name="offset">Where the instruction starts: 0 to <c>code.Length − 1</c>.</param>
    /// <param name="profile">The profile whose rules apply.</param>
    /// <returns>
    /// The instruction, or <see cref="Opcode.Illegal"/> with the number of bytes to skip: a reserved or forbidden
    /// encoding, a register that the profile does not have, or what the end of the code cuts off.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="offset"/> is not inside the code.</exception>
    public static Instruction Decode(ReadOnlySpan<byte> code, int offset, Profile profile)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(offset, code.Length);

        var rest = code[offset..];
        var length = LengthOf(rest[0]);
        if (rest.Length < length)
        {
            return Instruction.Illegal(rest.Length);
        }

        return length == 2
            ? DecodeHalfword(BinaryPrimitives.ReadUInt16LittleEndian(rest), profile)
            : DecodeWord(BinaryPrimitives.ReadUInt32LittleEndian(rest), profile);
    }

    /// <summary>Decodes a 4-byte encoding (its two lowest bits are ones).</summary>
    public static Instruction DecodeWord(uint word, Profile profile) =>
        Expand(DecodeIndex.FindWord(word), word, 4, profile);

    /// <summary>Decodes a 2-byte encoding (its two lowest bits are not both ones) and expands it.</summary>
    public static Instruction DecodeHalfword(ushort halfword, Profile profile) =>
        Expand(DecodeIndex.FindHalfword(halfword), halfword, 2, profile);

    /// <summary>The length in bytes, 2 or 4, of an instruction whose first byte is given.</summary>
    public static int LengthOf(byte firstByte) => (firstByte & 3) == 3 ? 4 : 2;

    /// <summary>
    /// The registers that no instruction of the profile may name, as a bit set: x16 to x31, and in
    /// <see cref="Profile.Static"/> x3 and x4 too.
    /// </summary>
    internal static uint ForbiddenRegisters(Profile profile) =>
        profile == Profile.Static ? BeyondE | GlobalAndThreadPointer : BeyondE;

    private static Instruction Expand(InstructionDescriptor row, uint bits, int length, Profile profile)
    {
        var fields = OperandFields.Extract(row.Format, bits);
        var named = (1u << (int)fields.Rd) | (1u << (int)fields.Rs1) | (1u << (int)fields.Rs2);
        if (row.Row == 0 || (named & ForbiddenRegisters(profile)) != 0 || !row.IsLegalIn(profile))
        {
            return Instruction.Illegal(length);
        }

        return new Instruction(
            row.Opcode, row.Row, (byte)length, (byte)fields.Rd, (byte)fields.Rs1, (byte)fields.Rs2, fields.Immediate);
    }
}

using System.Buffers.Binary;

namespace Pvm2.Runtime.Isa;

/// <summary>Says why an encoding is illegal, for messages; the decoder itself only says that it is.</summary>
public static class IllegalEncoding
{
    /// <summary>Explains the encoding at an offset.</summary>
    /// <param name="code">The whole code of a program.</param>
    /// <param name="offset">Where the encoding starts.</param>
    /// <param name="profile">The profile whose rules apply.</param>
    /// <returns>The reason; <see cref="IllegalReason.None"/> where the encoding is legal.</returns>
    public static IllegalReason Explain(ReadOnlySpan<byte> code, int offset, Profile profile)
    {
        if (!Decoder.Decode(code, offset, profile).IsIllegal)
        {
            return IllegalReason.None;
        }

        var rest = code[offset..];
        if (rest.Length < Decoder.LengthOf(rest[0]))
        {
            return IllegalReason.Truncated;
        }

        return Decoder.LengthOf(rest[0]) == 2
            ? ExplainHalfword(BinaryPrimitives.ReadUInt16LittleEndian(rest), profile)
            : ExplainWord(BinaryPrimitives.ReadUInt32LittleEndian(rest), profile);
    }

    /// <summary>The reason as a clause that completes "… is illegal: ".</summary>
    public static string Describe(IllegalReason reason, Profile profile) => reason switch
    {
        IllegalReason.None => "it is legal",
        IllegalReason.Truncated => "the end of the code cuts the instruction off",
        IllegalReason.AllZero => "the all-zero halfword is no instruction",
        IllegalReason.TooLong => "encodings longer than 32 bits are not supported",
        IllegalReason.RegisterBeyondE => "it names a register beyond x15, which RV64E does not have",
        IllegalReason.GlobalOrThreadPointer => "it names x3 (gp) or x4 (tp), which the static profile forbids",
        IllegalReason.ForbiddenInProfile => profile == Profile.Static
            ? "the static profile forbids this instruction"
            : "the xjar profile does not have this instruction",
        IllegalReason.FloatingPoint => "floating point (F, D) is not part of PVM2",
        IllegalReason.Atomic => "atomics (A) are not part of PVM2",
        IllegalReason.Vector => "vectors (V) are not part of PVM2",
        IllegalReason.System => "control and status registers and privileged instructions are not part of PVM2",
        _ => "the encoding is reserved or belongs to an extension that PVM2 does not have",
    };

    private static IllegalReason ExplainHalfword(ushort halfword, Profile profile)
    {
        if (halfword == 0)
        {
            return IllegalReason.AllZero;
        }

        // Quadrants 0 and 2 keep c.fld, c.fsd, c.fldsp and c.fsdsp at funct3 001 and 101.
        var quadrant = halfword & 3;
        var funct3 = halfword >> 13;
        return (quadrant is 0 or 2) && (funct3 is 1 or 5)
            ? IllegalReason.FloatingPoint
            : ExplainRow(DecodeIndex.FindHalfword(halfword), halfword, profile);
    }

    private static IllegalReason ExplainWord(uint word, Profile profile)
    {
        if ((word & 0x1C) == 0x1C)
        {
            return IllegalReason.TooLong;
        }

        var row = DecodeIndex.FindWord(word);
        return row.Row != 0 ? ExplainRow(row, word, profile) : (word & 0x7F) switch
        {
            0x07 or 0x27 when ((word >> 12) & 7) is 0 or >= 5 => IllegalReason.Vector,
            0x07 or 0x27 or 0x43 or 0x47 or 0x4B or 0x4F or 0x53 => IllegalReason.FloatingPoint,
            0x2F => IllegalReason.Atomic,
            0x57 => IllegalReason.Vector,
            0x73 => IllegalReason.System,
            _ => IllegalReason.Reserved,
        };
    }

    private static IllegalReason ExplainRow(InstructionDescriptor row, uint bits, Profile profile)
    {
        if (row.Row == 0)
        {
            return IllegalReason.Reserved;
        }

        if (!row.IsLegalIn(profile))
        {
            return IllegalReason.ForbiddenInProfile;
        }

        var fields = OperandFields.Extract(row.Format, bits);
        return Math.Max(fields.Rd, Math.Max(fields.Rs1, fields.Rs2)) > 15
            ? IllegalReason.RegisterBeyondE
            : IllegalReason.GlobalOrThreadPointer;
    }
}

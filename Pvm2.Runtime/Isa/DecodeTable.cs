using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Pvm2.Runtime.Isa;

/// <summary>
/// Decodes the instructions of one profile in a few steps without branches: what <see cref="Decode"/> reads from
/// the rows of <see cref="InstructionTable"/> is kept, for each 2-byte encoding when it is first met, for each row of
/// 4-byte encodings as masks.
/// </summary>
/// <remarks>
/// Any thread may fill in what is missing, since all write the same values. A table of its own for each encoding
/// would take as long to build as a small program takes to run.
/// </remarks>
internal sealed class DecodeTable
{
    // In a word whose other bits are zero these sums carry into the bit above a register number: the first where
    // the number is at least 3, the second where it is at least 5.
    private const uint Registers = (15u << 7) | (15u << 15) | (15u << 20);
    private const uint AtLeastThree = (13u << 7) | (13u << 15) | (13u << 20);
    private const uint AtLeastFive = (11u << 7) | (11u << 15) | (11u << 20);
    private const uint AboveRegisters = (1u << 11) | (1u << 19) | (1u << 24);

    private readonly Profile _profile;
    private readonly uint _forbidden;
    private readonly uint _globalOrThreadPointer;
    private readonly ulong[] _halfwords = new ulong[1 << 16];
    private readonly RowMasks[] _rows = new RowMasks[1 << 8];

    private DecodeTable(Profile profile)
    {
        const uint GlobalAndThreadPointer = (1u << 3) | (1u << 4);
        const uint BeyondE = 0xFFFF_0000;
        _profile = profile;
        _forbidden = profile == Profile.Static ? BeyondE | GlobalAndThreadPointer : BeyondE;
        _globalOrThreadPointer = profile == Profile.Static ? AboveRegisters : 0;
        for (var row = 0; row < _rows.Length; row++)
        {
            _rows[row] = RowMasks.None;
        }

        foreach (var row in InstructionTable.BaseRows)
        {
            if (row.IsLegalIn(profile))
            {
                _rows[row.Row] = new RowMasks(row);
            }
        }
    }

    /// <summary>The table of a profile; anything but <see cref="Profile.Static"/> is taken for xjar.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static DecodeTable Of(Profile profile) => profile == Profile.Static ? StaticTable.Instance : XjarTable.Instance;

    /// <summary>Decodes a 4-byte encoding.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Instruction DecodeWord(uint word)
    {
        ref readonly var row = ref _rows[DecodeIndex.FirstWordRow[DecodeIndex.Key(word)]];
        var registers = word & row.Layout.Registers & Registers;
        var forbidden = (registers + AtLeastThree) & ~(registers + AtLeastFive) & _globalOrThreadPointer;
        return (((word & row.Mask) ^ row.Match) | forbidden) == 0
            ? new Instruction(((ulong)(uint)row.Layout.ReadImmediate(word) << 32) | row.Template | registers)
            : DecodeSlowly(word);
    }

    /// <summary>Decodes a 2-byte encoding.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Instruction DecodeHalfword(ushort halfword)
    {
        var bits = Volatile.Read(ref _halfwords[halfword]);
        return bits != 0 ? new Instruction(bits) : FillIn(halfword);
    }

    /// <summary>Decodes where fewer bytes are left than the longest instruction has.</summary>
    /// <exception cref="ArgumentOutOfRangeException">None are left.</exception>
    internal Instruction DecodeLast(ReadOnlySpan<byte> rest)
    {
        ArgumentOutOfRangeException.ThrowIfZero(rest.Length, "offset");
        return rest.Length < Decoder.LengthOf(rest[0])
            ? Instruction.Illegal(rest.Length)
            : DecodeHalfword(BinaryPrimitives.ReadUInt16LittleEndian(rest));
    }

    /// <summary>Decodes an encoding by its row alone.</summary>
    internal Instruction Decode(uint bits, int length)
    {
        var row = length == 2 ? DecodeIndex.FindHalfword((ushort)bits) : DecodeIndex.FindWord(bits);
        var fields = OperandFields.Extract(row.Format, bits);
        var named = (1u << (int)fields.Rd) | (1u << (int)fields.Rs1) | (1u << (int)fields.Rs2);
        return row.Row == 0 || (named & _forbidden) != 0 || !row.IsLegalIn(_profile)
            ? Instruction.Illegal(length)
            : new Instruction(
                row.Opcode, row.Row, (byte)length, (byte)fields.Rd, (byte)fields.Rs1, (byte)fields.Rs2, fields.Immediate);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Instruction DecodeSlowly(uint word) => Decode(word, 4);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Instruction FillIn(ushort halfword)
    {
        var instruction = Decode(halfword, 2);
        Volatile.Write(ref _halfwords[halfword], instruction.Bits);
        return instruction;
    }

    /// <summary>What makes a word an instruction of a row that the profile has, and what is in it.</summary>
    private readonly struct RowMasks
    {
        /// <summary>No word is of this row.</summary>
        internal static readonly RowMasks None = new(match: 1);

        internal RowMasks(InstructionDescriptor row)
        {
            Layout = WordLayout.Of(row.Format);

            // Registers beyond x15 are no registers.
            Mask = row.Mask | (Layout.Registers & AboveRegisters);
            Match = row.Match;
            Template = (uint)new Instruction(row.Opcode, row.Row, row.Length, 0, 0, 0, 0).Bits;
        }

        private RowMasks(uint match) => Match = match;

        internal uint Mask { get; }

        internal uint Match { get; }

        internal uint Template { get; }

        internal WordLayout Layout { get; }
    }

    private static class StaticTable
    {
        internal static readonly DecodeTable Instance = new(Profile.Static);
    }

    private static class XjarTable
    {
        internal static readonly DecodeTable Instance = new(Profile.Xjar);
    }
}

using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Pvm2.Runtime.Isa;

/// <summary>
/// Decodes code from its beginning to its end. Where the next instruction is follows from two bits of this one, and
/// not from what it was decoded to, so that a walk need not wait for the decoder.
/// </summary>
public ref struct InstructionReader
{
    private readonly ReadOnlySpan<byte> _code;
    private readonly DecodeTable _table;
    private int _offset;

    /// <summary>Makes a reader that stands at the beginning.</summary>
    /// <param name="code">The whole code of a program.</param>
    /// <param name="profile">The profile whose rules apply.</param>
    public InstructionReader(ReadOnlySpan<byte> code, Profile profile)
    {
        _code = code;
        _table = DecodeTable.Of(profile);
    }

    /// <summary>Where the next instruction starts, in bytes from the beginning; at the end, the length of the code.</summary>
    public readonly int Offset => _offset;

    /// <summary>Whether all instructions have been read.</summary>
    public readonly bool IsAtEnd => _offset >= _code.Length;

    /// <summary>Decodes the next instruction, as <see cref="Decoder.Decode"/> does, and goes on to the one after it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is none.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Instruction Read()
    {
        var rest = _code[_offset..];
        if (rest.Length < sizeof(uint))
        {
            return ReadLast();
        }

        var bits = BinaryPrimitives.ReadUInt32LittleEndian(rest);
        if ((bits & 3) == 3)
        {
            _offset += 4;
            return _table.DecodeWord(bits);
        }

        _offset += 2;
        return _table.DecodeHalfword((ushort)bits);
    }

    private Instruction ReadLast()
    {
        var instruction = _table.DecodeLast(_code[_offset..]);
        _offset += instruction.Length;
        return instruction;
    }
}

using Pvm2.Runtime.Programs;
using Pvm2.Runtime.Text.Parsing;

namespace Pvm2.Runtime.Text.Layout;

/// <summary>
/// A section of data: bytes, and the places in them whose values are expressions. Long runs of zeros take no
/// memory, so a section may be as large as the address space.
/// </summary>
internal sealed class DataSection(SectionKind kind)
{
    /// <summary>Zeros in a row from which on a new piece is begun.</summary>
    private const int LongRun = 4096;

    private readonly List<(long Offset, List<byte> Bytes)> _pieces = [(0, [])];

    internal SectionKind Kind { get; } = kind;

    /// <summary>Bytes so far, which is the offset of what comes next.</summary>
    internal long Size { get; private set; }

    /// <summary>The strictest alignment that was asked for.</summary>
    internal long Alignment { get; private set; } = 1;

    /// <summary>Values to be written when all symbols are known.</summary>
    internal List<DataField> Fields { get; } = [];

    internal bool IsEmpty => Size == 0;

    internal void Append(ReadOnlySpan<byte> bytes)
    {
        _pieces[^1].Bytes.AddRange(bytes);
        Size += bytes.Length;
    }

    /// <summary>Appends the same byte a number of times.</summary>
    internal void Fill(byte value, long count)
    {
        Size += count;
        if (value == 0 && count >= LongRun)
        {
            _pieces.Add((Size, []));
            return;
        }

        var bytes = _pieces[^1].Bytes;
        for (var i = 0L; i < count; i++)
        {
            bytes.Add(value);
        }
    }

    /// <summary>Leaves room for a value.</summary>
    internal void Append(DataField field)
    {
        Fields.Add(field with { Place = Size });
        Fill(0, field.Width);
    }

    internal void Align(long alignment, byte value)
    {
        Alignment = Math.Max(Alignment, alignment);
        Fill(value, -Size & (alignment - 1));
    }

    /// <summary>Writes a value into the room that was left for it.</summary>
    internal void Write(DataField field, long number)
    {
        var (offset, bytes) = _pieces[_pieces.FindLastIndex(piece => piece.Offset <= field.Place)];
        for (var i = 0; i < field.Width; i++)
        {
            bytes[(int)(field.Place - offset) + i] = (byte)(number >> (8 * i));
        }
    }

    /// <summary>The bytes as parts of a region that begins with this section.</summary>
    internal ContentChunk[] ToChunks() =>
        [.. _pieces.Where(piece => piece.Bytes.Count != 0).Select(piece => new ContentChunk((uint)piece.Offset, piece.Bytes.ToArray()))];
}

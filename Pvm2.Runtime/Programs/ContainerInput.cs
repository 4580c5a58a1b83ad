using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Unicode;

namespace Pvm2.Runtime.Programs;

/// <summary>
/// The bytes of a container as they are read. Every method advances and returns true, or notes what is wrong, and
/// where, and returns false; after that nothing more is read.
/// </summary>
internal sealed class ContainerInput(ReadOnlyMemory<byte> file)
{
    private const int MostBytesShown = 8;
    private int _position;

    /// <summary>The section that errors are about.</summary>
    internal ProgramSection Section { get; set; }

    /// <summary>What was wrong.</summary>
    internal ProgramError? Error { get; private set; }

    /// <summary>Where reading stands, in bytes from the start of the file.</summary>
    internal int Position => _position;

    /// <summary>Bytes that are left.</summary>
    internal int Remaining => file.Length - _position;

    /// <summary>Notes an error about the bytes from a position up to where reading stands.</summary>
    /// <returns>False, for the caller to return.</returns>
    internal bool Fail(int start, string reason)
    {
        var length = Math.Min(MostBytesShown, _position - start);
        Error = new ProgramError(Section, start, file.Slice(start, length).ToArray(), reason);
        return false;
    }

    /// <summary>Reads bytes, which stay part of the file's memory.</summary>
    internal bool TryReadBytes(uint length, string what, out ReadOnlyMemory<byte> bytes)
    {
        if (length > (uint)Remaining)
        {
            bytes = default;
            return Fail(_position, $"the file ends {length - (uint)Remaining} bytes before the end of {what}");
        }

        bytes = file.Slice(_position, (int)length);
        _position += (int)length;
        return true;
    }

    internal bool TryReadByte(string what, out byte value)
    {
        var read = TryReadBytes(1, what, out var bytes);
        value = read ? bytes.Span[0] : default;
        return read;
    }

    /// <summary>Reads a number in its shortest form, at most <paramref name="limit"/>.</summary>
    internal bool TryReadNumber(string what, uint limit, out uint value)
    {
        value = 0;
        var start = _position;
        for (var shift = 0; ; shift += 7)
        {
            if (!TryReadByte(what, out var part))
            {
                return false;
            }

            if (shift == 28 && part > 0x0F)
            {
                return Fail(start, $"{what} is more than 32 bits");
            }

            value |= (part & 0x7Fu) << shift;
            if (part < 0x80)
            {
                return (part != 0 || shift == 0 || Fail(start, $"{what} is longer than it need be"))
                    && (value <= limit || Fail(start, $"{what} is {value}, more than {limit}"));
            }
        }
    }

    /// <summary>Reads a number of items, which cannot be more than the rest of the file has room for.</summary>
    internal bool TryReadCount(string what, int minimumItemSize, out int count)
    {
        var start = _position;
        count = 0;
        if (!TryReadNumber(what, int.MaxValue, out var number))
        {
            return false;
        }

        count = (int)number;
        return count <= Remaining / minimumItemSize
            || Fail(start, $"{what} is {count}, more than the rest of the file has room for");
    }

    /// <summary>Reads a length and UTF-8 text of that length, without control characters.</summary>
    internal bool TryReadText(
        string what, bool mayBeEmpty, [NotNullWhen(true)] out string? text, out ReadOnlyMemory<byte> utf8)
    {
        text = null;
        utf8 = default;
        var start = _position;
        if (!TryReadNumber(what, int.MaxValue, out var length) || !TryReadBytes(length, what, out utf8))
        {
            return false;
        }

        if (length == 0 && !mayBeEmpty)
        {
            return Fail(start, $"{what} is empty");
        }

        if (!Utf8.IsValid(utf8.Span))
        {
            return Fail(start, $"{what} is not UTF-8");
        }

        text = Encoding.UTF8.GetString(utf8.Span);
        return !NameRules.HasControlCharacter(text) || Fail(start, $"{what} holds a control character");
    }

    /// <summary>Checks that nothing is left.</summary>
    internal bool TryReadEnd()
    {
        var start = _position;
        var rest = Remaining;
        _position = file.Length;
        return rest == 0 || Fail(start, $"{rest} bytes follow the last section");
    }
}

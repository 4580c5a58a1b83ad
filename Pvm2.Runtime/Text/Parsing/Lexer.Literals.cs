using System.Globalization;
using System.Text;

namespace Pvm2.Runtime.Text.Parsing;

/// <summary>Numbers, character constants and strings.</summary>
internal sealed partial class Lexer
{
    private Token ReadNumber(SourcePosition position)
    {
        var start = _index;
        while (char.IsAsciiLetterOrDigit(Current) || Current == '_')
        {
            _index++;
        }

        var text = source[start.._index];
        if (text[^1] is 'f' or 'b' && IsDecimal(text.AsSpan(0, text.Length - 1)))
        {
            return new Token(TokenKind.LocalReference, text, 0, position);
        }

        if (!TryParseNumber(text, out var number))
        {
            diagnostics.Add(position, $"'{text}' is no number of at most 64 bits.");
        }

        return new Token(TokenKind.Number, text, number, position);
    }

    private static bool IsDecimal(ReadOnlySpan<char> text) => text.IndexOfAnyExceptInRange('0', '9') < 0;

    /// <summary>Reads <c>0x</c> hexadecimal, <c>0b</c> binary, <c>0</c> octal and decimal numbers.</summary>
    private static bool TryParseNumber(string text, out ulong number)
    {
        if (text.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
        {
            return ulong.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out number);
        }

        if (text.StartsWith("0b", StringComparison.OrdinalIgnoreCase))
        {
            return ulong.TryParse(text.AsSpan(2), NumberStyles.AllowBinarySpecifier, CultureInfo.InvariantCulture, out number);
        }

        return text.Length > 1 && text[0] == '0'
            ? TryParseOctal(text, out number)
            : ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }

    private static bool TryParseOctal(string text, out ulong number)
    {
        number = 0;
        foreach (var digit in text)
        {
            if (digit is < '0' or > '7' || number >> 61 != 0)
            {
                return false;
            }

            number = (number << 3) | (uint)(digit - '0');
        }

        return true;
    }

    private Token ReadCharacter(SourcePosition position)
    {
        _index++;
        ulong value;
        if (_index >= source.Length || Current is '\n' or '\'')
        {
            diagnostics.Add(position, "A character constant needs a character.");
            return new Token(TokenKind.Number, "'", 0, position);
        }

        if (Current == '\\')
        {
            value = ReadEscape(position);
        }
        else
        {
            value = (uint)ReadRune().Value;
        }

        if (Current == '\'')
        {
            _index++;
        }
        else
        {
            diagnostics.Add(position, "The character constant has no closing quote.");
        }

        return new Token(TokenKind.Number, "'", value, position);
    }

    /// <summary>Reads a string as bytes: each character of the token's text is one, source characters as UTF-8.</summary>
    private string ReadString(SourcePosition position)
    {
        _index++;
        var text = new StringBuilder();
        Span<byte> utf8 = stackalloc byte[4];
        while (_index < source.Length && Current is not ('"' or '\n'))
        {
            if (Current == '\\')
            {
                text.Append((char)ReadEscape(position));
                continue;
            }

            foreach (var unit in utf8[..ReadRune().EncodeToUtf8(utf8)])
            {
                text.Append((char)unit);
            }
        }

        if (Current == '"')
        {
            _index++;
        }
        else
        {
            diagnostics.Add(position, "The string has no closing quote.");
        }

        return text.ToString();
    }

    private Rune ReadRune()
    {
        _ = Rune.DecodeFromUtf16(source.AsSpan(_index), out var rune, out var units);
        _index += units;
        return rune;
    }

    /// <summary>Reads a backslash and what follows it; it stands for one byte.</summary>
    private byte ReadEscape(SourcePosition position)
    {
        _index++;
        var escape = Current;
        if (escape is >= '0' and <= '7')
        {
            return (byte)ReadDigits(8, 3);
        }

        if (_index < source.Length && escape != '\n')
        {
            _index++;
        }

        switch (escape)
        {
            case 'n': return (byte)'\n';
            case 't': return (byte)'\t';
            case 'r': return (byte)'\r';
            case 'b': return (byte)'\b';
            case 'f': return (byte)'\f';
            case '\\' or '"' or '\'': return (byte)escape;
            case 'x' when char.IsAsciiHexDigit(Current): return (byte)ReadDigits(16, 2);
            default:
                diagnostics.Add(position, $"The escape '\\{escape}' is unknown.");
                return 0;
        }
    }

    private uint ReadDigits(uint radix, int most)
    {
        var value = 0u;
        for (var count = 0; count < most && char.IsAsciiHexDigit(Current); count++)
        {
            var digit = uint.Parse(source.AsSpan(_index, 1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            if (digit >= radix)
            {
                break;
            }

            value = (value * radix) + digit;
            _index++;
        }

        return value;
    }
}

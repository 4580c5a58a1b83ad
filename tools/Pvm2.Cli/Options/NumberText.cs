using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Pvm2.Cli.Options;

/// <summary>Reads the numbers of the command line: decimal or 0x hex, with an optional minus and <c>_</c> between digits.</summary>
internal static class NumberText
{
    private const string Expected = "a decimal or 0x hexadecimal number";

    /// <summary>Reads a register value, −2^63 to 2^64 − 1; a negative one becomes its two's complement.</summary>
    public static bool TryParseWord(string text, out ulong value, [NotNullWhen(false)] out string? error)
    {
        var negative = text.StartsWith('-');
        if (!TryParseMagnitude(negative ? text[1..] : text, out value, out error))
        {
            return false;
        }

        if (negative && value > 1UL << 63)
        {
            error = "is below -2^63";
            return false;
        }

        value = negative ? unchecked(0 - value) : value;
        return true;
    }

    /// <summary>Reads an amount, 0 to 2^64 − 1.</summary>
    public static bool TryParseAmount(string text, out ulong value, [NotNullWhen(false)] out string? error)
    {
        if (text.StartsWith('-'))
        {
            value = 0;
            error = "must not be negative";
            return false;
        }

        return TryParseMagnitude(text, out value, out error);
    }

    /// <summary>Reads a size in bytes, with an optional suffix KiB, MiB or GiB.</summary>
    public static bool TryParseSize(string text, out ulong bytes, [NotNullWhen(false)] out string? error)
    {
        var (digits, shift) = text switch
        {
            _ when text.EndsWith("KiB", StringComparison.OrdinalIgnoreCase) => (text[..^3].TrimEnd(), 10),
            _ when text.EndsWith("MiB", StringComparison.OrdinalIgnoreCase) => (text[..^3].TrimEnd(), 20),
            _ when text.EndsWith("GiB", StringComparison.OrdinalIgnoreCase) => (text[..^3].TrimEnd(), 30),
            _ => (text, 0),
        };
        if (!TryParseAmount(digits, out var units, out error))
        {
            bytes = 0;
            error = error.Contains(Expected, StringComparison.Ordinal) ? $"is not a size such as 65536, 0x10000 or 64KiB" : error;
            return false;
        }

        bytes = units << shift;
        if (bytes >> shift != units)
        {
            error = "does not fit into 64 bits";
            return false;
        }

        return true;
    }

    private static bool TryParseMagnitude(string text, out ulong value, [NotNullWhen(false)] out string? error)
    {
        var hex = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        var digits = (hex ? text[2..] : text).Replace("_", string.Empty, StringComparison.Ordinal);
        var allowed = hex ? NumberStyles.AllowHexSpecifier : NumberStyles.None;
        value = 0;
        if (digits.Length == 0 || !digits.All(hex ? char.IsAsciiHexDigit : char.IsAsciiDigit))
        {
            error = $"is not {Expected}";
            return false;
        }

        error = ulong.TryParse(digits, allowed, CultureInfo.InvariantCulture, out value)
            ? null
            : "does not fit into 64 bits";
        return error is null;
    }
}

using System.Globalization;

namespace Pvm2.TestKit.States;

/// <summary>
/// A value in a test's text: decimal, hexadecimal, or <c>@label</c> with an optional <c>+n</c> or <c>-n</c>.
/// </summary>
/// <param name="Label">The label, or an empty string.</param>
/// <param name="Number">The number, or what is added to the label.</param>
public readonly record struct StateValue(string Label, ulong Number)
{
    /// <summary>Reads a value.</summary>
    /// <exception cref="FormatException">The text is none.</exception>
    public static StateValue Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!text.StartsWith('@'))
        {
            return new StateValue(string.Empty, ParseNumber(text));
        }

        var sign = text.IndexOfAny(['+', '-']);
        return sign < 0
            ? new StateValue(text[1..], 0)
            : new StateValue(text[1..sign], ParseNumber(text[sign] == '+' ? text[(sign + 1)..] : text[sign..]));
    }

    /// <summary>The value where labels have places.</summary>
    /// <exception cref="FormatException">There is no such label.</exception>
    public ulong Resolve(IReadOnlyDictionary<string, ulong> labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        if (Label.Length == 0)
        {
            return Number;
        }

        return labels.TryGetValue(Label, out var place)
            ? place + Number
            : throw new FormatException($"There is no label '{Label}'.");
    }

    private static ulong ParseNumber(string text)
    {
        var negative = text.StartsWith('-');
        var digits = negative ? text[1..] : text;
        var value = digits.StartsWith("0x", StringComparison.Ordinal)
            ? ulong.Parse(digits.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)
            : ulong.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
        return negative ? 0 - value : value;
    }
}

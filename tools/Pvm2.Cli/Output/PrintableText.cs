using System.Globalization;
using System.Text;

namespace Pvm2.Cli.Output;

/// <summary>Makes names that a program chose safe to show: a file must not be able to steer the terminal.</summary>
internal static class PrintableText
{
    private const int MaxLength = 500;

    /// <summary>The text with control and formatting characters escaped, cut off after 500 characters.</summary>
    public static string Of(string text)
    {
        var cut = text.Length > MaxLength;
        var shown = cut ? text.AsSpan(0, MaxLength) : text;
        var builder = new StringBuilder(shown.Length);
        foreach (var character in shown)
        {
            if (IsSafe(character))
            {
                builder.Append(character);
            }
            else
            {
                builder.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}");
            }
        }

        return cut ? builder.Append('…').ToString() : builder.ToString();
    }

    private static bool IsSafe(char character) => CharUnicodeInfo.GetUnicodeCategory(character) is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
        or UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse);
}

using System.Globalization;
using System.Text;

namespace Pvm2.Guests.Generator.Emission;

/// <summary>Texts that a guest chose, as they may stand in source and in messages.</summary>
internal static class CSharpText
{
    /// <summary>
    /// Escapes whatever is not plain ASCII, quotes and backslashes too. The result can end no literal, comment or
    /// line, and steers no terminal.
    /// </summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            if (character is >= ' ' and <= '~' and not ('"' or '\\'))
            {
                escaped.Append(character);
            }
            else
            {
                escaped.Append("\\u").Append(((int)character).ToString("x4", CultureInfo.InvariantCulture));
            }
        }

        return escaped.ToString();
    }

    /// <summary>A string literal.</summary>
    public static string Literal(string text) => $"\"{Escape(text)}\"";

    /// <summary>A text in a documentation comment.</summary>
    public static string Documentation(string text) =>
        Escape(text).Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");
}

using System.Text;
using Pvm2.Runtime.Text.Parsing;

namespace Pvm2.Runtime.Text.Listing;

/// <summary>Writes names and texts so that the assembler reads them back.</summary>
internal static class SourceNames
{
    /// <summary>A name as it stands, or in quotes where it is no identifier or might be a register.</summary>
    internal static string Write(string name) => IsIdentifier(name) && !OperandParser.IsRegister(name) ? name : Quote(name);

    /// <summary>A text in quotes.</summary>
    internal static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var character in text)
        {
            _ = character switch
            {
                '"' or '\\' => quoted.Append('\\').Append(character),
                < ' ' or '\x7F' => quoted.Append("\\x").Append(((int)character).ToString("x2", System.Globalization.CultureInfo.InvariantCulture)),
                _ => quoted.Append(character),
            };
        }

        return quoted.Append('"').ToString();
    }

    private static bool IsIdentifier(string name) =>
        name.Length != 0 && name != "." && Lexer.IsIdentifierStart(name[0]) && name.All(Lexer.IsIdentifierPart);
}

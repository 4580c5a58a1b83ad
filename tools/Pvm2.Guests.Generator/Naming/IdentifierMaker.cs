using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis.CSharp;

namespace Pvm2.Guests.Generator.Naming;

/// <summary>Makes names of C# members and classes of any text.</summary>
internal static class IdentifierMaker
{
    /// <summary>
    /// The letters and digits of a text, the first of each run in upper case: <c>count_calls</c> becomes
    /// <c>CountCalls</c>. Before a digit at the start comes an underscore.
    /// </summary>
    /// <param name="text">Any text.</param>
    /// <returns>An identifier; empty if the text has no letter and no digit.</returns>
    public static string Make(string text)
    {
        var identifier = new StringBuilder(text.Length);
        var startsWord = true;
        foreach (var character in text)
        {
            if (!IsLetterOrDigit(character))
            {
                startsWord = true;
                continue;
            }

            if (identifier.Length == 0 && !SyntaxFacts.IsIdentifierStartCharacter(character))
            {
                identifier.Append('_');
            }

            identifier.Append(startsWord ? char.ToUpperInvariant(character) : character);
            startsWord = false;
        }

        return identifier.ToString();
    }

    /// <summary>Whether a text is a name, or names with dots between them, none of them a keyword.</summary>
    public static bool IsQualifiedName(string text) =>
        text.Split('.').All(name => SyntaxFacts.IsValidIdentifier(name) && !IsKeyword(name));

    /// <summary>Whether a text is one name and no keyword.</summary>
    public static bool IsName(string text) => SyntaxFacts.IsValidIdentifier(text) && !IsKeyword(text);

    private static bool IsKeyword(string name) => SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None;

    // Formatting characters may stand in an identifier too, but two that differ in them are one name. A mark could
    // join the letter before it, and is left out as well.
    private static bool IsLetterOrDigit(char character) => CharUnicodeInfo.GetUnicodeCategory(character)
        is UnicodeCategory.UppercaseLetter
        or UnicodeCategory.LowercaseLetter
        or UnicodeCategory.TitlecaseLetter
        or UnicodeCategory.ModifierLetter
        or UnicodeCategory.OtherLetter
        or UnicodeCategory.LetterNumber
        or UnicodeCategory.DecimalDigitNumber;
}

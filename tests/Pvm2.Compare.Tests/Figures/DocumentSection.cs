using System.Text.RegularExpressions;
using Pvm2.Measuring.Documents;

namespace Pvm2.Compare.Tests.Figures;

/// <summary>A part of a document, from a heading to the next one.</summary>
/// <param name="Start">Which line of the document it begins with, from 0.</param>
/// <param name="Lines">Its lines; those of code are empty.</param>
internal sealed partial record DocumentSection(int Start, string[] Lines)
{
    private string Text => string.Join('\n', Lines);

    /// <summary>The results files that it links to, as the links have them.</summary>
    public IEnumerable<string> Links => ResultsLink().Matches(Text).Select(match => match.Groups[1].Value);

    /// <summary>What it declares to be settings, limits or goals.</summary>
    public string[] Settings => [.. SettingsComment().Matches(Text).SelectMany(
        match => match.Groups[1].Value.Split(',', StringSplitOptions.TrimEntries))];

    /// <summary>
    /// The text in which figures are looked for, with as many characters as the lines have: without comments, code,
    /// links, and what is repeated from a results file.
    /// </summary>
    public string Prose
    {
        get
        {
            string[] lines = [.. Lines];
            foreach (var excerpt in Excerpt.FindAll(Lines))
            {
                Array.Fill(lines, string.Empty, excerpt.Marker, excerpt.Count + 1);
            }

            return NoProse().Replace(string.Join('\n', lines), match => NoBreak().Replace(match.Value, " "));
        }
    }

    /// <summary>Takes a document apart.</summary>
    public static IEnumerable<DocumentSection> Split(string document)
    {
        var lines = WithoutCode(document.Split('\n'));
        var start = 0;
        for (var number = 1; number <= lines.Length; number++)
        {
            if (number == lines.Length || lines[number].StartsWith('#'))
            {
                yield return new DocumentSection(start, lines[start..number]);
                start = number;
            }
        }
    }

    /// <summary>Code stands between fences, or is indented and follows an empty line.</summary>
    private static string[] WithoutCode(string[] lines)
    {
        var result = (string[])lines.Clone();
        var isFenced = false;
        var isIndented = false;
        for (var number = 0; number < lines.Length; number++)
        {
            var isFence = lines[number].StartsWith("```", StringComparison.Ordinal);
            isFenced ^= isFence;
            var mayBegin = number == 0 || lines[number - 1].Length == 0 || isIndented;
            isIndented = mayBegin && lines[number].StartsWith("    ", StringComparison.Ordinal);
            result[number] = isFence || isFenced || isIndented ? string.Empty : lines[number];
        }

        return result;
    }

    [GeneratedRegex(@"\]\(([^)#]*bench/results/[^)#]+\.\w+)[^)]*\)")]
    private static partial Regex ResultsLink();

    [GeneratedRegex(@"^<!-- settings: (.*?) -->", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex SettingsComment();

    [GeneratedRegex(@"<!--.*?-->|`[^`]*`|\]\([^)]*\)", RegexOptions.Singleline)]
    private static partial Regex NoProse();

    [GeneratedRegex(@"[^\n]")]
    private static partial Regex NoBreak();
}

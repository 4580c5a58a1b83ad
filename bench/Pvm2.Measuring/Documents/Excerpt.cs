namespace Pvm2.Measuring.Documents;

/// <summary>
/// A table or a list in a document that repeats one of a results file. It stands beneath a comment,
/// <c>&lt;!-- from FILE: HEADING --&gt;</c>; without a heading it is the first of its kind in the file.
/// </summary>
/// <param name="File">The results file, from the root of the repository.</param>
/// <param name="Heading">Of the part of the file that has it; empty for the whole file.</param>
/// <param name="Marker">Which line the comment is, from 0.</param>
/// <param name="Count">How many lines follow it that are repeated.</param>
public sealed record Excerpt(string File, string Heading, int Marker, int Count)
{
    private const string Start = "<!-- from ";
    private const string End = "-->";

    /// <summary>Finds all excerpts of a document.</summary>
    /// <param name="lines">The document.</param>
    public static IEnumerable<Excerpt> FindAll(IReadOnlyList<string> lines)
    {
        for (var number = 0; number < lines.Count; number++)
        {
            var line = lines[number].Trim();
            if (line.StartsWith(Start, StringComparison.Ordinal) && line.EndsWith(End, StringComparison.Ordinal))
            {
                var source = line[Start.Length..^End.Length].Split(':', 2, StringSplitOptions.TrimEntries);
                yield return new Excerpt(source[0], source.ElementAtOrDefault(1) ?? string.Empty, number, TextBlock.Measure(lines, number + 1));
            }
        }
    }
}

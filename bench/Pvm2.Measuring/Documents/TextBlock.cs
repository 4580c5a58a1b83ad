namespace Pvm2.Measuring.Documents;

/// <summary>Tables and lists in text of Markdown.</summary>
public static class TextBlock
{
    /// <summary>Finds the first table or list beneath a heading.</summary>
    /// <param name="lines">A results file.</param>
    /// <param name="heading">The heading, or what it has before a colon; empty for the start of the file.</param>
    /// <param name="isTable">Whether a table is wanted, or a list.</param>
    /// <returns>Its lines; none where there is no such heading, or nothing of that kind before the next one.</returns>
    public static string[] Find(IReadOnlyList<string> lines, string heading, bool isTable)
    {
        var isInside = heading.Length == 0;
        for (var number = 0; number < lines.Count; number++)
        {
            var line = lines[number];
            if (heading.Length != 0 && line.StartsWith('#'))
            {
                isInside = IsHeading(line, heading);
            }
            else if (isInside && (isTable ? IsTable(line) : IsList(line)))
            {
                return [.. lines.Skip(number).Take(Measure(lines, number))];
            }
        }

        return [];
    }

    /// <summary>How many lines a table or list has; 0 where neither begins.</summary>
    /// <param name="lines">The text.</param>
    /// <param name="first">Which line it begins with.</param>
    public static int Measure(IReadOnlyList<string> lines, int first)
    {
        if (first >= lines.Count)
        {
            return 0;
        }

        var rest = lines.Skip(first);
        return IsTable(lines[first]) ? rest.TakeWhile(IsTable).Count()
            : IsList(lines[first]) ? rest.TakeWhile(static line => IsList(line) || line.StartsWith("  ", StringComparison.Ordinal)).Count()
            : 0;
    }

    /// <summary>Whether a line is a row of a table.</summary>
    public static bool IsTable(string line) => line.StartsWith('|');

    private static bool IsList(string line) => line.StartsWith("- ", StringComparison.Ordinal);

    private static bool IsHeading(string line, string heading)
    {
        var text = line.TrimStart('#').Trim();
        return text == heading || text.Split(':')[0] == heading;
    }
}

namespace Pvm2.Measuring.Documents;

/// <summary>Puts what the results files say now into the documents that repeat it.</summary>
public static class DocumentUpdate
{
    /// <summary>Renews the excerpts of a document in place.</summary>
    /// <param name="root">The root of the repository, from which results files are named.</param>
    /// <param name="path">The document.</param>
    /// <param name="log">Receives a line for each excerpt that the results files do not have; it is left as it is.</param>
    /// <returns>Whether the document has changed.</returns>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    public static bool Run(string root, string path, TextWriter log)
    {
        var text = File.ReadAllText(path);
        var renewed = Renew(
            text,
            file => Path.Combine(root, file) is var full && File.Exists(full) ? File.ReadAllLines(full) : [],
            missing => log.WriteLine($"{path}:{missing.Marker + 1}: {missing.File} has no such table or list."));
        if (renewed == text)
        {
            return false;
        }

        File.WriteAllText(path, renewed);
        return true;
    }

    /// <summary>Renews the excerpts of a text.</summary>
    /// <param name="text">The document.</param>
    /// <param name="read">Gives the lines of a results file; none where there is no such file.</param>
    /// <param name="report">Hears of each excerpt that is not in its file.</param>
    public static string Renew(string text, Func<string, string[]> read, Action<Excerpt> report)
    {
        var lines = text.Split('\n').ToList();

        // From the last to the first, since a table may become longer.
        foreach (var excerpt in Excerpt.FindAll(lines).Reverse().ToArray())
        {
            var first = excerpt.Marker + 1;
            var isTable = first < lines.Count && TextBlock.IsTable(lines[first]);
            var block = excerpt.Count == 0 ? [] : TextBlock.Find(read(excerpt.File), excerpt.Heading, isTable);
            if (block.Length == 0)
            {
                report(excerpt);
                continue;
            }

            lines.RemoveRange(first, excerpt.Count);
            lines.InsertRange(first, block);
        }

        return string.Join('\n', lines);
    }
}

using System.Text.RegularExpressions;
using Pvm2.Measuring.Documents;

namespace Pvm2.Compare.Tests.Figures;

/// <summary>
/// Whether the figures of a document can be traced to results files. docs/testing.md has the rules. What a results file
/// should say that is not there cannot be told; that it is missing is another complaint.
/// </summary>
/// <param name="document">The document, by its path from the root of the repository.</param>
/// <param name="read">Gives the text of a results file by its path from the root; null where there is none.</param>
internal sealed partial class FigureCheck(string document, Func<string, string?> read)
{
    private readonly List<string> _complaints = [];

    /// <summary>The files that the document names.</summary>
    public SortedSet<string> Files { get; } = new(StringComparer.Ordinal);

    /// <summary>Looks at a document.</summary>
    /// <returns>What is wrong with it.</returns>
    public IReadOnlyList<string> Run(string text)
    {
        foreach (var section in DocumentSection.Split(text))
        {
            string[] linked = [.. section.Links.Select(Resolve).Distinct()];
            Files.UnionWith(linked);
            CheckExcerpts(section, linked);
            CheckTables(section);
            CheckProse(section, linked);
        }

        return _complaints;
    }

    private void CheckExcerpts(DocumentSection section, string[] linked)
    {
        foreach (var excerpt in Excerpt.FindAll(section.Lines))
        {
            if (!linked.Contains(excerpt.File))
            {
                Complain(section, excerpt.Marker, $"the section has no link to {excerpt.File}");
            }

            if (excerpt.Count == 0)
            {
                Complain(section, excerpt.Marker, "no table or list follows");
            }

            if (read(excerpt.File)?.Split('\n') is not { } source)
            {
                continue;
            }

            for (var line = excerpt.Marker + 1; line <= excerpt.Marker + excerpt.Count; line++)
            {
                if (!source.Contains(section.Lines[line]))
                {
                    Complain(section, line, $"not a line of {excerpt.File}: {section.Lines[line]}");
                }
            }
        }
    }

    /// <summary>A table of figures is one with a unit in its heading, or with decimal fractions that stand alone.</summary>
    private void CheckTables(DocumentSection section)
    {
        var lines = section.Prose.Split('\n');
        for (var first = 0; first < lines.Length; first++)
        {
            var rows = TextBlock.IsTable(lines[first]) ? TextBlock.Measure(lines, first) : 0;
            var body = string.Join('\n', lines.Skip(first + 1).Take(rows - 1));
            if (rows != 0 && (Decimal().IsMatch(body) || (HeadingUnit().IsMatch(lines[first]) && Whole().IsMatch(body))))
            {
                Complain(section, first, "a table of figures without <!-- from FILE --> above it");
            }

            first += Math.Max(rows - 1, 0);
        }
    }

    private void CheckProse(DocumentSection section, string[] linked)
    {
        var settings = section.Settings;
        var figures = Figure.FindAll(section.Prose).ToArray();
        foreach (var unused in settings.Except(figures.Select(figure => figure.Text)))
        {
            Complain(section, 0, $"the section has no {unused}, which it declares to be a setting");
        }

        var texts = linked.Select(read).ToArray();
        var known = texts.OfType<string>().SelectMany(NumbersOf).ToHashSet();
        foreach (var figure in figures.Where(figure => !settings.Contains(figure.Text)))
        {
            if (linked.Length == 0)
            {
                Complain(section, figure.Line, $"{figure.Text}: the section has no link to a results file");
            }
            else if (!texts.Contains(null) && figure.Numbers.FirstOrDefault(number => !known.Contains(number)) is { } untraced)
            {
                Complain(section, figure.Line, $"{figure.Text}: {untraced} is not in {string.Join(", ", linked)}");
            }
        }
    }

    /// <summary>In columns, numbers that stand side by side may look like groups of digits; so both are taken.</summary>
    private static IEnumerable<string> NumbersOf(string text) =>
        Figure.NumbersOf(text).Concat(Plain().Matches(text).Select(match => match.Value));

    private string Resolve(string link)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(document, "/"))!;
        return Path.GetFullPath(link, folder)[1..];
    }

    private void Complain(DocumentSection section, int line, string what) =>
        _complaints.Add($"{document}:{section.Start + line + 1}: {what}");

    [GeneratedRegex(@"\|[ *]*\d+\.\d+[ *]*\|")]
    private static partial Regex Decimal();

    [GeneratedRegex(@"\|[ *]*\d[\d ,]*[ *]*\|")]
    private static partial Regex Whole();

    [GeneratedRegex(@"(?<![\w])(?:ns|µs|us|ms|s|MB/s|×|(?:nano|micro|milli)?seconds|ratio)(?![\w])")]
    private static partial Regex HeadingUnit();

    [GeneratedRegex(@"\d+(?:\.\d+)?")]
    private static partial Regex Plain();
}

using System.Globalization;

namespace Pvm2.Measuring;

/// <summary>A table in Markdown whose columns also line up on a terminal.</summary>
public sealed class TextTable
{
    /// <summary>Where there is no figure.</summary>
    private const string None = "-";

    private readonly List<string[]> _rows = [];

    /// <summary>Makes a table.</summary>
    /// <param name="headings">One a column.</param>
    public TextTable(params string[] headings) => _rows.Add(headings);

    /// <summary>A number with so many digits after the point; a dash where there is none.</summary>
    public static string Figure(double value, int digits) =>
        double.IsNaN(value) ? None : value.ToString("F" + digits, CultureInfo.InvariantCulture);

    /// <summary>A number with three significant digits, all of them if there are more before the point.</summary>
    public static string Figure(double value) => Figure(value, Math.Abs(value) switch { < 10 => 2, < 100 => 1, _ => 0 });

    /// <summary>The 10th and the 90th percentile.</summary>
    public static string Spread(Summary summary) =>
        double.IsNaN(summary.Low) ? None : $"{Figure(summary.Low)}–{Figure(summary.High)}";

    /// <summary>Adds a row.</summary>
    /// <param name="cells">As many as there are headings.</param>
    public void Add(params string[] cells) => _rows.Add(cells);

    /// <summary>Writes the table without the columns in which no row has a figure.</summary>
    public void WriteTo(TextWriter output)
    {
        int[] columns = [.. Enumerable.Range(0, _rows[0].Length).Where(column => _rows.Skip(1).Any(row => row[column] != None))];
        if (columns.Length == 0)
        {
            return;
        }

        var widths = _rows[0].Select((_, column) => _rows.Max(row => row[column].Length)).ToArray();
        string Line(string[] row) => string.Concat(columns.Select(column => $" {Pad(row[column], widths[column], column)} |"));
        output.WriteLine("|" + Line(_rows[0]));
        output.WriteLine("|" + string.Concat(columns.Select(column => Rule(widths[column], column) + "|")));
        foreach (var row in _rows.Skip(1))
        {
            output.WriteLine("|" + Line(row));
        }
    }

    private static string Rule(int width, int column) => column == 0 ? new string('-', width + 2) : new string('-', width + 1) + ":";

    private static string Pad(string cell, int width, int column) => column == 0 ? cell.PadRight(width) : cell.PadLeft(width);
}

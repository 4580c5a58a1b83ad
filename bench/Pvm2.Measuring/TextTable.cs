using System.Globalization;

namespace Pvm2.Measuring;

/// <summary>A table in Markdown whose columns also line up on a terminal.</summary>
public sealed class TextTable
{
    /// <summary>What a cell holds where there is no figure.</summary>
    public const string NoFigure = "-";

    private readonly List<string[]> _rows = [];

    /// <summary>Makes a table.</summary>
    /// <param name="headings">One a column.</param>
    public TextTable(params string[] headings) => Add(headings);

    /// <summary>How many columns, from the left, hold words: these begin at the left of a column, figures end at its right.</summary>
    public int Words { get; init; } = 1;

    /// <summary>Whether the table has a row under its headings.</summary>
    public bool HasRows => _rows.Count > 1;

    /// <summary>A number with so many digits after the point; a dash where there is none.</summary>
    public static string Figure(double value, int digits) =>
        double.IsNaN(value) ? NoFigure : value.ToString("F" + digits, CultureInfo.InvariantCulture);

    /// <summary>A number with three significant digits, all of them if there are more before the point.</summary>
    public static string Figure(double value) =>
        Figure(value, Math.Abs(value) switch { 0 => 0, < 0.1 => 4, < 1 => 3, < 10 => 2, < 100 => 1, _ => 0 });

    /// <summary>The 10th and the 90th percentile.</summary>
    public static string Spread(Summary summary) =>
        double.IsNaN(summary.Low) ? NoFigure : $"{Figure(summary.Low)}–{Figure(summary.High)}";

    /// <summary>The least and the greatest value of an interval.</summary>
    public static string Interval(MedianInterval interval) =>
        double.IsNaN(interval.Low) ? NoFigure : $"{Figure(interval.Low)}–{Figure(interval.High)}";

    /// <summary>Adds a row.</summary>
    /// <param name="cells">As many as there are headings. A line's end becomes a space; what would end a cell is escaped.</param>
    public void Add(params string[] cells) => _rows.Add([.. cells.Select(Escape)]);

    /// <summary>Writes the table without the columns in which no row has a figure.</summary>
    public void WriteTo(TextWriter output)
    {
        int[] columns = [.. Enumerable.Range(0, _rows[0].Length).Where(column => _rows.Skip(1).Any(row => row[column] != NoFigure))];
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

    private static string Escape(string cell) => cell.ReplaceLineEndings(" ").Replace("|", "\\|", StringComparison.Ordinal);

    private string Rule(int width, int column) => column < Words ? new string('-', width + 2) : new string('-', width + 1) + ":";

    private string Pad(string cell, int width, int column) => column < Words ? cell.PadRight(width) : cell.PadLeft(width);
}

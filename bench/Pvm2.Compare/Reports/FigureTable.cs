using Pvm2.Compare.Results;
using Pvm2.Measuring;

namespace Pvm2.Compare.Reports;

/// <summary>Tables with a row for each engine, a column for each workload and the geometric mean at the end.</summary>
internal static class FigureTable
{
    private const string Mean = "geo. mean";

    /// <summary>Writes figures.</summary>
    /// <param name="corner">What the rows are.</param>
    /// <param name="rows">What each row is called, the figure of a workload, and the mean.</param>
    public static void Write(TextWriter output, string corner, IReadOnlyList<string> workloads, IEnumerable<FigureRow> rows) =>
        Write(output, corner, workloads, rows, interval => TextTable.Figure(interval.Median));

    /// <summary>Writes how far the ends of the intervals are from the medians, in per cent of these.</summary>
    public static void WriteIntervals(TextWriter output, string corner, IReadOnlyList<string> workloads, IEnumerable<FigureRow> rows) =>
        Write(output, corner, workloads, rows, Distance);

    /// <summary>The distances of the ends of an interval from the median, in per cent of it.</summary>
    public static string Distance(MedianInterval interval) => interval.Exists
        ? $"{Percent(interval.Low, interval.Median)} {Percent(interval.High, interval.Median)}"
        : TextTable.NoFigure;

    private static void Write(
        TextWriter output, string corner, IReadOnlyList<string> workloads, IEnumerable<FigureRow> rows, Func<MedianInterval, string> cell)
    {
        var table = new TextTable([corner, .. workloads, Mean]);
        foreach (var row in rows)
        {
            table.Add([row.Name, .. workloads.Select(workload => cell(row.Figure(workload))), cell(row.Mean)]);
        }

        if (table.HasRows)
        {
            table.WriteTo(output);
            output.WriteLine();
        }
    }

    private static string Percent(double end, double median)
    {
        var percent = 100 * ((end / median) - 1);
        return (percent < 0 ? "−" : "+") + TextTable.Figure(Math.Abs(percent), Math.Abs(percent) < 9.95 ? 1 : 0);
    }
}

using Pvm2.Compare.Results;
using Pvm2.Measuring;

namespace Pvm2.Compare.Reports;

/// <summary>Our engine against the one that it is held against, and the bars that are set for it.</summary>
internal static class HeadToHead
{
    /// <summary>Of its part of the report.</summary>
    public const string Heading = $"{EngineRoles.Ours} against {EngineRoles.Peer}";

    private const double ColdBar = 3;

    /// <summary>Writes both tables and the bars.</summary>
    public static void Write(TextWriter output, Measured measured)
    {
        output.WriteLine($"## {Heading}");
        output.WriteLine();
        output.WriteLine("Each ratio is the median of the ratios within a round, with its interval. Above 1, ours is faster.");
        output.WriteLine();
        WriteBars(output, measured);
        WriteKind(output, measured, Kind.Cold);
        WriteKind(output, measured, Kind.Steady);
    }

    /// <summary>Writes the bars, and whether they are met: surely so where the whole interval is on one side of the bar, and one of 95 % or more.</summary>
    public static void WriteBars(TextWriter output, Measured measured)
    {
        var table = new TextTable("bar", "verdict", "ratio", "interval") { Words = 2 };
        AddEveryWorkload(table, measured);
        Add(table, "Cold: at least 3 times as fast, geometric mean", Mean(measured, Kind.Cold), ColdBar);
        Add(table, "Steady: ahead, geometric mean", Mean(measured, Kind.Steady), 1);
        table.WriteTo(output);
        output.WriteLine();
    }

    private static void WriteKind(TextWriter output, Measured measured, Kind kind)
    {
        var text = KindText.Of(kind);
        output.WriteLine($"### {text.Title}, workload by workload");
        output.WriteLine();
        if (!measured.Has(kind, EngineRoles.Ours) || !measured.Has(kind, EngineRoles.Peer))
        {
            output.WriteLine("Not measured.");
            output.WriteLine();
            return;
        }

        var table = new TextTable("workload", $"{EngineRoles.Ours} {text.Unit}", $"{EngineRoles.Peer} {text.Unit}", "ratio", "interval");
        foreach (var workload in measured.Results.Workloads)
        {
            Add(table, workload, text, engine => measured.Time(kind, engine, workload), Ratio(measured, kind, workload));
        }

        Add(table, "geometric mean", text, engine => measured.MeanTime(kind, engine), Mean(measured, kind));
        table.WriteTo(output);
        output.WriteLine();
    }

    private static void Add(TextTable table, string name, KindText text, Func<string, MedianInterval> time, MedianInterval ratio) => table.Add(
        name,
        TextTable.Figure(time(EngineRoles.Ours).In(text.Nanoseconds).Median),
        TextTable.Figure(time(EngineRoles.Peer).In(text.Nanoseconds).Median),
        TextTable.Figure(ratio.Median),
        TextTable.Interval(ratio));

    private static void Add(TextTable table, string bar, MedianInterval figure, double least) =>
        table.Add(bar, Verdict([figure], least), TextTable.Figure(figure.Median), TextTable.Interval(figure));

    /// <summary>Ahead in every workload: the figure is that of the workload in which we are least ahead, the verdict is about all.</summary>
    private static void AddEveryWorkload(TextTable table, Measured measured)
    {
        MedianInterval[] ratios = [.. measured.Results.Workloads.Select(workload => Ratio(measured, Kind.Cold, workload))];
        var least = ratios.Length > 0 && ratios.All(ratio => ratio.Exists) ? ratios.MinBy(ratio => ratio.Median) : MedianInterval.None;
        table.Add("Cold: ahead in every workload", Verdict(ratios, 1), TextTable.Figure(least.Median), TextTable.Interval(least));
    }

    /// <summary>Whether all figures reach a bar. Each of them must surely do so for that to be sure: the widest interval need not be that of the least median.</summary>
    private static string Verdict(MedianInterval[] figures, double least) =>
        figures.Length == 0 || figures.Any(figure => !figure.Exists) ? "not measured"
        : figures.Any(figure => figure.High < least && figure.IsSure) ? "MISSED"
        : figures.Any(figure => figure.Median < least) ? "MISSED, not surely"
        : figures.All(figure => figure.Low >= least && figure.IsSure) ? "met"
        : "met, not surely";

    private static MedianInterval Ratio(Measured measured, Kind kind, string workload) =>
        measured.Ratio(kind, EngineRoles.Peer, EngineRoles.Ours, workload);

    private static MedianInterval Mean(Measured measured, Kind kind) =>
        measured.MeanRatio(kind, EngineRoles.Peer, EngineRoles.Ours);
}

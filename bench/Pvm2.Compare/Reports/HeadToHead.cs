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
        Add(table, "Cold: ahead in every workload", Least(measured), 1);
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
        table.Add(bar, Verdict(figure, least), TextTable.Figure(figure.Median), TextTable.Interval(figure));

    private static string Verdict(MedianInterval figure, double least) => figure switch
    {
        { Exists: false } => "not measured",
        { Median: var median } when median < least => figure.High < least && figure.IsSure ? "MISSED" : "MISSED, not surely",
        _ => figure.Low >= least && figure.IsSure ? "met" : "met, not surely",
    };

    /// <summary>The ratio of the workload in which we are least ahead; none where a workload is missing.</summary>
    private static MedianInterval Least(Measured measured)
    {
        MedianInterval[] ratios = [.. measured.Results.Workloads.Select(workload => Ratio(measured, Kind.Cold, workload))];
        return ratios.Length > 0 && ratios.All(ratio => ratio.Exists) ? ratios.MinBy(ratio => ratio.Median) : MedianInterval.None;
    }

    private static MedianInterval Ratio(Measured measured, Kind kind, string workload) =>
        measured.Ratio(kind, EngineRoles.Peer, EngineRoles.Ours, workload);

    private static MedianInterval Mean(Measured measured, Kind kind) =>
        measured.MeanRatio(kind, EngineRoles.Peer, EngineRoles.Ours);
}

using Pvm2.Compare.Reports;
using Pvm2.Compare.Results;
using Pvm2.Measuring;
using ScottPlot.TickGenerators;

namespace Pvm2.Compare.Charts;

/// <summary>A kind of figure, workload by workload: a marker for each engine, with its interval.</summary>
internal static class KindChart
{
    /// <summary>How much of a workload's room its markers take.</summary>
    private const double Share = 0.72;

    /// <summary>Whether there is anything to draw.</summary>
    public static bool HasData(ResultFile results, Kind kind) => EnginesOf(new Measured(results), kind).Length > 0;

    /// <summary>Draws it.</summary>
    public static ChartCanvas Draw(ResultFile results, Kind kind)
    {
        var measured = new Measured(results);
        var text = KindText.Of(kind);
        var engines = EnginesOf(measured, kind);
        var canvas = new ChartCanvas($"{text.Title}: {TitleOf(kind)}", results.Machine);
        var styles = Palette.Of(results);
        var all = new List<MedianInterval>();
        for (var index = 0; index < engines.Length; index++)
        {
            var offset = engines.Length == 1 ? 0 : Share * ((index / (engines.Length - 1.0)) - 0.5);
            all.AddRange(Add(canvas, measured, kind, engines[index], styles[engines[index].Id], offset));
        }

        AddWorkloads(canvas, results.Workloads);
        canvas.SetLeft($"{text.Unit}, median and interval (logarithmic; lower is better)", new LogAxis(all.Min(time => time.Low), all.Max(time => time.High)));
        return canvas;
    }

    private static EngineFacts[] EnginesOf(Measured measured, Kind kind) =>
        [.. measured.EnginesOf(kind).Where(EngineRoles.IsMain)];

    private static string TitleOf(Kind kind) => kind switch
    {
        Kind.Cold => "compile, instantiate and run once",
        Kind.Steady => "another run of a warm instance",
        Kind.Compile => "from bytes to code",
        _ => "from the start of a process to its end",
    };

    private static MedianInterval[] Add(
        ChartCanvas canvas, Measured measured, Kind kind, EngineFacts engine, EngineStyle style, double offset)
    {
        var unit = KindText.Of(kind).Nanoseconds;
        var points = measured.Results.Workloads
            .Select((workload, index) => (Place: index + offset, Time: measured.Time(kind, engine.Id, workload).In(unit)))
            .Where(point => point.Time.Exists)
            .ToArray();
        foreach (var (place, time) in points)
        {
            canvas.AddBar(style.Color, place, LogAxis.PlaceOf(time.Low), LogAxis.PlaceOf(time.High));
        }

        double[] medians = [.. points.Select(point => LogAxis.PlaceOf(point.Time.Median))];
        canvas.AddPoints(style, engine.Title, [.. points.Select(point => point.Place)], medians, 0);
        return [.. points.Select(point => point.Time)];
    }

    /// <summary>Names the workloads at the bottom, and draws the borders between them instead of a grid.</summary>
    private static void AddWorkloads(ChartCanvas canvas, IReadOnlyList<string> workloads)
    {
        var ticks = new NumericManual();
        for (var index = 0; index < workloads.Count; index++)
        {
            // Names are wider than their rooms, so that neighbours stand on two lines.
            ticks.AddMajor(index, (index % 2 == 0 ? string.Empty : "\n") + workloads[index]);
        }

        canvas.SetBottom(string.Empty, -0.5, workloads.Count - 0.5, ticks);
        canvas.DivideColumns(workloads.Count);
    }
}

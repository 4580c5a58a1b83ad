using Pvm2.Compare.Results;
using Pvm2.Measuring;

namespace Pvm2.Compare.Reports;

/// <summary>Asks a file of results for figures. What was not measured is <see cref="MedianInterval.None"/>. Times are nanoseconds.</summary>
internal sealed class Measured(ResultFile results)
{
    private readonly Dictionary<(Kind, string, string), IReadOnlyList<double>> _samples =
        results.Series.ToDictionary(series => (series.Kind, series.Engine, series.Workload), series => series.Nanoseconds);

    /// <summary>What is asked.</summary>
    public ResultFile Results { get; } = results;

    /// <summary>The same C source compiled for the machine itself; none where it was not measured.</summary>
    public EngineFacts? BareMetal { get; } = EngineRoles.FindBareMetal(results);

    /// <summary>Samples in the order of the rounds; none where there are none.</summary>
    public IReadOnlyList<double> Samples(Kind kind, string engine, string workload) =>
        _samples.GetValueOrDefault((kind, engine, workload), []);

    /// <summary>Whether an engine has a figure of a kind.</summary>
    public bool Has(Kind kind, string engine) =>
        Results.Workloads.Any(workload => Samples(kind, engine, workload).Count > 0);

    /// <summary>The engines that have figures of a kind, in the order of the tables.</summary>
    public IEnumerable<EngineFacts> EnginesOf(Kind kind) => Results.Engines.Where(engine => Has(kind, engine.Id));

    /// <summary>The time of a workload.</summary>
    public MedianInterval Time(Kind kind, string engine, string workload) => MedianInterval.Of(Samples(kind, engine, workload));

    /// <summary>The geometric mean over all workloads; none where one of them is missing, since means over different workloads do not compare.</summary>
    public MedianInterval MeanTime(Kind kind, string engine) =>
        MeanOf(Results.Workloads.Select(workload => Samples(kind, engine, workload)));

    /// <summary>How many times as long one engine takes as another.</summary>
    public MedianInterval Ratio(Kind kind, string above, string below, string workload) =>
        MedianInterval.Of(Ratios(kind, above, below, workload));

    /// <summary>The geometric mean of the ratios over all workloads; none where one of them is missing.</summary>
    public MedianInterval MeanRatio(Kind kind, string above, string below) =>
        MeanOf(Results.Workloads.Select(workload => Ratios(kind, above, below, workload)));

    private static MedianInterval MeanOf(IEnumerable<IReadOnlyList<double>> series)
    {
        var all = series.ToArray();
        return all.Length > 0 && all.All(samples => samples.Count > 0) ? MedianInterval.OfGeometricMean(all) : MedianInterval.None;
    }

    private IReadOnlyList<double> Ratios(Kind kind, string above, string below, string workload) =>
        Statistics.Ratios(Samples(kind, above, workload), Samples(kind, below, workload));
}

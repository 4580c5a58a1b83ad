using Pvm2.Benchmarks.Measuring;

namespace Pvm2.Benchmarks.Reports;

/// <summary>Steady runs of the portable tiers, beside the native one and the interpreter.</summary>
internal static class PortableReport
{
    /// <summary>Writes the table.</summary>
    public static void Write(
        TextWriter output, IReadOnlyList<MeasuredWorkload> workloads, Measurements measurements)
    {
        var tiers = Configuration.Portable;
        var reference = Configuration.Interpreter[0];
        output.WriteLine();
        output.WriteLine("### run, portable tiers, pipeline: another run in an instance that has run before");
        output.WriteLine();
        var table = new TextTable(
            ["workload", "native µs", "interpreter µs", .. tiers.SelectMany(tier => ColumnsOf(tier.Tier.Name))]);
        foreach (var measured in workloads)
        {
            var workload = measured.Workload;
            table.Add(
            [
                workload.Name,
                TextTable.Figure(measurements.Summarise(NativeKey(workload)).Median),
                TextTable.Figure(measurements.Summarise(reference.KeyOf(workload, Stage.Run)).Median),
                .. tiers.SelectMany(tier => FiguresOf(workload, measurements, tier, reference)),
            ]);
        }

        table.WriteTo(output);
        output.WriteLine();
        var ten = workloads.Select(measured => measured.Workload).Where(workload => workload.IsOneOfTen).ToArray();
        foreach (var tier in tiers)
        {
            var key = (Workload workload) => tier.KeyOf(workload, Stage.Run);
            WriteMean(output, ten, measurements, $"{tier.Tier.Name} × bare", key, workload => SeriesKey.OfBareMetal(workload.Name));
            WriteMean(output, ten, measurements, $"{tier.Tier.Name} × native", key, NativeKey);
            WriteMean(
                output, ten, measurements, $"{reference.Tier.Name} × {tier.Tier.Name}",
                workload => reference.KeyOf(workload, Stage.Run), key);
        }
    }

    private static string[] ColumnsOf(string tier) =>
        [$"{tier} µs", "p10–p90", "× native", "p10–p90", $"interpreter × {tier}", $"{tier} compile ms"];

    private static string[] FiguresOf(
        Workload workload, Measurements measurements, Configuration tier, Configuration reference)
    {
        var key = tier.KeyOf(workload, Stage.Run);
        var time = measurements.Summarise(key);
        var ratio = Summary.Of(measurements.Ratios(key, NativeKey(workload)));
        var gain = Summary.Of(measurements.Ratios(reference.KeyOf(workload, Stage.Run), key));
        return
        [
            TextTable.Figure(time.Median),
            TextTable.Spread(time),
            TextTable.Figure(ratio.Median),
            TextTable.Spread(ratio),
            TextTable.Figure(gain.Median),
            TextTable.Figure(measurements.Summarise(tier.KeyOf(workload, Stage.CompileOnce)).Median / 1000),
        ];
    }

    private static SeriesKey NativeKey(Workload workload) => new(
        workload.Name, SeriesKey.Native, Configuration.NameOf(Configuration.Interpreter[0].Model), Stage.Run);

    private static void WriteMean(
        TextWriter output,
        IReadOnlyList<Workload> workloads,
        Measurements measurements,
        string name,
        Func<Workload, SeriesKey> numerator,
        Func<Workload, SeriesKey> denominator)
    {
        var ratios = workloads
            .Select(workload => (workload.Name, Rounds: measurements.Ratios(numerator(workload), denominator(workload))))
            .Where(ratio => ratio.Rounds.Length != 0)
            .Select(ratio => (ratio.Name, Median: Statistics.Median(ratio.Rounds)))
            .ToArray();
        if (ratios.Length == 0)
        {
            return;
        }

        var (least, most) = (ratios.MinBy(ratio => ratio.Median), ratios.MaxBy(ratio => ratio.Median));
        output.WriteLine(
            $"- {name}: geometric mean {TextTable.Figure(Statistics.GeometricMean([.. ratios.Select(ratio => ratio.Median)]))}, "
            + $"from {TextTable.Figure(least.Median)} ({least.Name}) to {TextTable.Figure(most.Median)} ({most.Name})");
    }
}

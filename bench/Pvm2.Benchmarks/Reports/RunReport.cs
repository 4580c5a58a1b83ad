using Pvm2.Benchmarks.Measuring;

namespace Pvm2.Benchmarks.Reports;

/// <summary>Steady runs beside bare metal.</summary>
internal static class RunReport
{
    /// <summary>Writes the table of a tier.</summary>
    /// <param name="configurations">The tier in every gas model, pipeline first; nothing is written if it is empty.</param>
    public static void Write(
        TextWriter output,
        IReadOnlyList<MeasuredWorkload> workloads,
        Measurements measurements,
        IReadOnlyList<Configuration> configurations)
    {
        if (configurations.Count == 0)
        {
            return;
        }

        output.WriteLine();
        output.WriteLine($"### run, {configurations[0].Tier.Name}: another run in an instance that has run before");
        output.WriteLine();
        var table = new TextTable(
            "workload", "instr. run", "bare µs", "pipeline µs", "p10–p90", "ns/instr.", "× bare", "p10–p90",
            "first run µs", "flat µs", "× bare", "none µs", "× bare");
        foreach (var workload in workloads)
        {
            table.Add(RowOf(workload, measurements, configurations));
        }

        table.WriteTo(output);
        output.WriteLine();
        var ten = workloads.Where(measured => measured.Workload.IsOneOfTen).ToArray();
        foreach (var configuration in configurations)
        {
            WriteMean(output, ten, measurements, configuration);
        }
    }

    private static string[] RowOf(
        MeasuredWorkload measured, Measurements measurements, IReadOnlyList<Configuration> configurations)
    {
        var workload = measured.Workload;
        var bare = SeriesKey.OfBareMetal(workload.Name);
        var keys = configurations.Select(configuration => configuration.KeyOf(workload, Stage.Run)).ToArray();
        var times = keys.Select(measurements.Summarise).ToArray();
        var ratios = keys.Select(key => Summary.Of(measurements.Ratios(key, bare))).ToArray();
        return
        [
            workload.Name,
            TextTable.Figure(measured.InstructionsRun, 0),
            TextTable.Figure(measurements.Summarise(bare).Median),
            TextTable.Figure(times[0].Median),
            TextTable.Spread(times[0]),
            TextTable.Figure(times[0].Median * 1000 / measured.InstructionsRun),
            TextTable.Figure(ratios[0].Median),
            TextTable.Spread(ratios[0]),
            TextTable.Figure(measurements.Summarise(configurations[0].KeyOf(workload, Stage.FirstRun)).Median),
            TextTable.Figure(times[1].Median),
            TextTable.Figure(ratios[1].Median),
            TextTable.Figure(times[2].Median),
            TextTable.Figure(ratios[2].Median),
        ];
    }

    private static void WriteMean(
        TextWriter output,
        IReadOnlyList<MeasuredWorkload> workloads,
        Measurements measurements,
        Configuration configuration)
    {
        var ratios = workloads.Select(measured => (
            measured.Workload.Name,
            Rounds: measurements.Ratios(
                configuration.KeyOf(measured.Workload, Stage.Run), SeriesKey.OfBareMetal(measured.Workload.Name))))
            .Where(ratio => ratio.Rounds.Length != 0)
            .ToArray();
        if (ratios.Length == 0)
        {
            return;
        }

        var mean = Statistics.GeometricMean([.. ratios.Select(ratio => Statistics.Median(ratio.Rounds))]);
        var rounds = Enumerable.Range(0, ratios[0].Rounds.Length)
            .Select(round => Statistics.GeometricMean([.. ratios.Select(ratio => ratio.Rounds[round])]));
        var worst = ratios.MaxBy(ratio => Statistics.Median(ratio.Rounds));
        output.WriteLine(
            $"- {configuration.Tier.Name}, {Configuration.NameOf(configuration.Model)}: geometric mean × bare "
            + $"{TextTable.Figure(mean)} ({TextTable.Spread(Summary.Of([.. rounds]))}), "
            + $"worst {worst.Name} {TextTable.Figure(Statistics.Median(worst.Rounds))}");
    }
}

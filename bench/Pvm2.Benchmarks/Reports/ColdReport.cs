using Pvm2.Benchmarks.Measuring;

namespace Pvm2.Benchmarks.Reports;

/// <summary>From the bytes of a container to the result, and what that is made of.</summary>
internal static class ColdReport
{
    /// <summary>Writes the tables.</summary>
    public static void Write(TextWriter output, IReadOnlyList<MeasuredWorkload> workloads, Measurements measurements)
    {
        var configurations = Configuration.Native.Append(Configuration.Interpreter[0]);
        foreach (var configuration in configurations)
        {
            output.WriteLine();
            output.WriteLine(
                $"cold, {configuration.Tier.Name}, {Configuration.NameOf(configuration.Model)}: µs in a warm process");
            output.WriteLine();
            WriteTable(output, workloads, measurements, configuration);
        }
    }

    private static void WriteTable(
        TextWriter output, IReadOnlyList<MeasuredWorkload> workloads, Measurements measurements, Configuration configuration)
    {
        var table = new TextTable(
            "workload", "load", "compile", "instance", "first run", "sum", "cold", "p10–p90", "× bare", "dispose", "reset + run");
        foreach (var measured in workloads)
        {
            var workload = measured.Workload;
            double Median(Stage stage) => measurements.Summarise(configuration.KeyOf(workload, stage)).Median;
            var load = measurements.Summarise(SeriesKey.OfLoad(workload.Name)).Median;
            var cold = configuration.KeyOf(workload, Stage.Cold);
            var ratio = Statistics.Median(measurements.Ratios(cold, SeriesKey.OfBareMetal(workload.Name)));
            double[] parts = [load, Median(Stage.Compile), Median(Stage.Instance), Median(Stage.FirstRun)];
            table.Add(
            [
                workload.Name,
                .. parts.Select(part => TextTable.Figure(part)),
                TextTable.Figure(parts.Sum()),
                TextTable.Figure(Median(Stage.Cold)),
                TextTable.Spread(measurements.Summarise(cold)),
                TextTable.Figure(ratio),
                TextTable.Figure(Median(Stage.Dispose)),
                TextTable.Figure(Median(Stage.ResetRun)),
            ]);
        }

        table.WriteTo(output);
    }
}

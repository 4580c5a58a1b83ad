using Pvm2.Benchmarks.Measuring;
using Pvm2.Runtime.Gas;

namespace Pvm2.Benchmarks.Reports;

/// <summary>From the bytes of a container to the result, and what that is made of.</summary>
internal static class ColdReport
{
    /// <summary>Writes the tables.</summary>
    public static void Write(TextWriter output, IReadOnlyList<MeasuredWorkload> workloads, Measurements measurements)
    {
        foreach (var configuration in Configuration.Native.Take(1).Append(Configuration.Interpreter[0]))
        {
            output.WriteLine();
            output.WriteLine(
                $"### cold, {configuration.Tier.Name}, {Configuration.NameOf(configuration.Model)}: "
                + "from a container's bytes to the result, µs in a warm process");
            output.WriteLine();
            var table = new TextTable(
                "workload", "load", "compile", "instance", "first run", "sum", "cold", "p10–p90", "× bare", "once",
                "flat", "none", "dispose", "reset + run");
            foreach (var measured in workloads)
            {
                table.Add(RowOf(measured.Workload, measurements, configuration));
            }

            table.WriteTo(output);
        }
    }

    private static string[] RowOf(Workload workload, Measurements measurements, Configuration configuration)
    {
        string Median(GasModel model, Stage stage) =>
            TextTable.Figure(measurements.Summarise((configuration with { Model = model }).KeyOf(workload, stage)).Median);
        var cold = configuration.KeyOf(workload, Stage.Cold);
        double[] parts =
        [
            measurements.Summarise(SeriesKey.OfLoad(workload.Name)).Median,
            .. new[] { Stage.Compile, Stage.Instance, Stage.FirstRun }.Select(
                stage => measurements.Summarise(configuration.KeyOf(workload, stage)).Median),
        ];
        return
        [
            workload.Name,
            .. parts.Select(part => TextTable.Figure(part)),
            TextTable.Figure(parts.Sum()),
            Median(configuration.Model, Stage.Cold),
            TextTable.Spread(measurements.Summarise(cold)),
            TextTable.Figure(Statistics.Median(measurements.Ratios(cold, SeriesKey.OfBareMetal(workload.Name)))),
            Median(configuration.Model, Stage.ColdOnce),
            Median(GasModel.Flat, Stage.Cold),
            Median(GasModel.None, Stage.Cold),
            Median(configuration.Model, Stage.Dispose),
            Median(configuration.Model, Stage.ResetRun),
        ];
    }
}

using Pvm2.Benchmarks.Measuring;

namespace Pvm2.Benchmarks.Reports;

/// <summary>Compiling alone.</summary>
internal static class CompileReport
{
    /// <summary>Writes the table of the workloads, or of programs of growing size.</summary>
    public static void Write(TextWriter output, string title, IReadOnlyList<MeasuredWorkload> workloads, Measurements measurements)
    {
        if (workloads.Count == 0)
        {
            return;
        }

        output.WriteLine();
        output.WriteLine(title);
        output.WriteLine();
        var table = new TextTable(
            "program", "instr.", "bytes", "x86/guest bytes", "pipeline µs", "p10–p90", "ns/instr.", "MB/s",
            "flat µs", "ns/instr.", "MB/s", "none µs", "ns/instr.", "MB/s", "load µs", "interp. µs");
        foreach (var workload in workloads)
        {
            table.Add([.. RowOf(workload, measurements)]);
        }

        table.WriteTo(output);
    }

    private static IEnumerable<string> RowOf(MeasuredWorkload measured, Measurements measurements)
    {
        var workload = measured.Workload;
        var bytes = workload.Program.Code.Length;
        yield return workload.Name;
        yield return TextTable.Figure(workload.InstructionCount, 0);
        yield return TextTable.Figure(bytes, 0);
        yield return TextTable.Figure(measured.MachineCodeBytes / bytes);
        foreach (var (configuration, i) in Configuration.Native.Select((configuration, i) => (configuration, i)))
        {
            var time = measurements.Summarise(configuration.KeyOf(workload, Stage.Compile));
            yield return TextTable.Figure(time.Median);
            if (i == 0)
            {
                yield return TextTable.Spread(time);
            }

            yield return TextTable.Figure(time.Median * 1000 / workload.InstructionCount);
            yield return TextTable.Figure(bytes / time.Median);
        }

        foreach (var _ in Enumerable.Range(0, Configuration.Native.Length == 0 ? 10 : 0))
        {
            yield return TextTable.Figure(double.NaN);
        }

        yield return TextTable.Figure(measurements.Summarise(SeriesKey.OfLoad(workload.Name)).Median);
        yield return TextTable.Figure(
            measurements.Summarise(Configuration.Interpreter[0].KeyOf(workload, Stage.Compile)).Median);
    }
}

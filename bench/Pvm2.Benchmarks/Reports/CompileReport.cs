using Pvm2.Benchmarks.Measuring;
using Pvm2.Runtime.Gas;

namespace Pvm2.Benchmarks.Reports;

/// <summary>Compiling alone.</summary>
internal static class CompileReport
{
    private const int LeastInstructions = 1000;

    /// <summary>Writes the table of the workloads, or of programs of growing size.</summary>
    public static void Write(TextWriter output, string title, IReadOnlyList<MeasuredWorkload> workloads, Measurements measurements)
    {
        if (workloads.Count == 0)
        {
            return;
        }

        output.WriteLine();
        output.WriteLine($"### {title}");
        output.WriteLine();
        var table = new TextTable(
            "program", "instr.", "bytes", "x86/guest bytes", "pipeline µs", "p10–p90", "ns/instr.", "MB/s", "once µs",
            "flat µs", "ns/instr.", "MB/s", "none µs", "ns/instr.", "MB/s", "load µs", "interp. µs");
        foreach (var workload in workloads)
        {
            table.Add(RowOf(workload, measurements));
        }

        table.WriteTo(output);
        WriteRange(output, workloads, measurements);
    }

    /// <summary>The least and the most that an instruction takes, but in programs so small that other costs hide it.</summary>
    private static void WriteRange(TextWriter output, IReadOnlyList<MeasuredWorkload> workloads, Measurements measurements)
    {
        double[] times = [.. workloads.Where(measured => measured.Workload.InstructionCount >= LeastInstructions)
            .Select(measured => PipelineOf(measured, measurements) * 1000 / measured.Workload.InstructionCount)
            .Where(double.IsFinite)];
        if (times.Length != 0)
        {
            output.WriteLine();
            output.WriteLine(
                $"- native, pipeline: {TextTable.Figure(times.Min())} to {TextTable.Figure(times.Max())} ns an instruction in programs "
                + $"of {LeastInstructions} instructions and more");
        }
    }

    private static double PipelineOf(MeasuredWorkload measured, Measurements measurements) =>
        measurements.Summarise(new SeriesKey(
            measured.Workload.Name, SeriesKey.Native, Configuration.NameOf(GasModel.Pipeline), Stage.Compile)).Median;

    private static string[] RowOf(MeasuredWorkload measured, Measurements measurements)
    {
        var workload = measured.Workload;
        var bytes = workload.Program.Code.Length;
        Summary Native(GasModel model, Stage stage = Stage.Compile) => measurements.Summarise(
            new SeriesKey(workload.Name, SeriesKey.Native, Configuration.NameOf(model), stage));
        string[] Speeds(double time) =>
        [
            TextTable.Figure(time * 1000 / workload.InstructionCount),
            TextTable.Figure(bytes / time),
        ];
        var (pipeline, flat, none) = (Native(GasModel.Pipeline), Native(GasModel.Flat), Native(GasModel.None));
        return
        [
            workload.Name,
            TextTable.Figure(workload.InstructionCount, 0),
            TextTable.Figure(bytes, 0),
            TextTable.Figure(measured.MachineCodeBytes / bytes),
            TextTable.Figure(pipeline.Median),
            TextTable.Spread(pipeline),
            .. Speeds(pipeline.Median),
            TextTable.Figure(Native(GasModel.Pipeline, Stage.CompileOnce).Median),
            TextTable.Figure(flat.Median),
            .. Speeds(flat.Median),
            TextTable.Figure(none.Median),
            .. Speeds(none.Median),
            TextTable.Figure(measurements.Summarise(SeriesKey.OfLoad(workload.Name)).Median),
            TextTable.Figure(measurements.Summarise(Configuration.Interpreter[0].KeyOf(workload, Stage.Compile)).Median),
        ];
    }
}

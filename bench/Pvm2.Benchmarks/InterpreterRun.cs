using System.Globalization;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;

namespace Pvm2.Benchmarks;

/// <summary>The interpreter alone, in every gas model, beside bare metal.</summary>
internal static class InterpreterRun
{
    private const int Rounds = 25;

    /// <summary>Measures and prints.</summary>
    public static void Run()
    {
        Print("workload", "instr.", "bare µs", "pipeline µs", "ns/instr.", "MIPS", "× bare", "flat µs", "none µs");
        var ratios = new List<double>();
        foreach (var workload in Workload.LoadTen())
        {
            ratios.Add(Measure(workload));
        }

        var mean = Math.Exp(ratios.Average(Math.Log));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"geometric mean of the ratios to bare metal: {mean:F1}"));
    }

    private static double Measure(Workload workload)
    {
        var module = Module.Load(workload.Container);
        using var pipeline = Make(module, GasModel.Pipeline);
        using var flat = Make(module, GasModel.Flat);
        using var none = Make(module, GasModel.None);
        var times = Stopwatches.Medians(
            Rounds,
            () => Stopwatches.Of(() => workload.BareMetal?.Run()),
            () => Time(workload, pipeline),
            () => Time(workload, flat),
            () => Time(workload, none));
        var instructions = (double)flat.GasUsed!.Value;
        var ratio = workload.BareMetal is null ? double.NaN : times[1] / times[0];
        Print(
            workload.Name, Figure(instructions, 0), Figure(times[0]), Figure(times[1]), Figure(times[1] * 1000 / instructions, 2),
            Figure(instructions / times[1], 0), Figure(ratio), Figure(times[2]), Figure(times[3]));
        return ratio;
    }

    private static Instance Make(Module module, GasModel model) => module.CreateInstance(new InstanceOptions
    {
        GasModel = model,
        HostCalls = new DefaultHost(Stream.Null, Stream.Null, Stream.Null).CreateTable(),
    });

    private static TimeSpan Time(Workload workload, Instance instance)
    {
        instance.Reset();
        var exit = default(Exit);
        var time = Stopwatches.Of(() => exit = instance.Call());
        workload.Check(instance, exit);
        return time;
    }

    private static string Figure(double value, int digits = 1) => value.ToString("F" + digits, CultureInfo.InvariantCulture);

    private static void Print(params string[] cells) =>
        Console.WriteLine(cells[0].PadRight(16) + string.Concat(cells[1..].Select(cell => cell.PadLeft(12))));
}

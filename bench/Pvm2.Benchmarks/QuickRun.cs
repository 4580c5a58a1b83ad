using System.Globalization;
using Pvm2.Native;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Interpreter;

namespace Pvm2.Benchmarks;

/// <summary>
/// One table in half a minute: every workload on every tier beside bare metal, medians of interleaved rounds.
/// </summary>
internal sealed class QuickRun
{
    private const int Rounds = 15;

    private readonly NativeTier? _native = NativeTier.Support.IsSupported ? new NativeTier() : null;
    private readonly List<double> _interpreterRatios = [];
    private readonly List<double> _nativeRatios = [];

    /// <summary>Measures and prints.</summary>
    public void Run()
    {
        Print("workload", "instr.", "bare µs", "interp. µs", "ns/instr.", "× bare", "native µs", "× bare", "no gas µs", "compile µs", "cold µs");
        foreach (var workload in Workload.LoadTen())
        {
            Measure(workload);
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"geometric mean of the ratios to bare metal: interpreter {Mean(_interpreterRatios):F1}, native {Mean(_nativeRatios):F2}"));
    }

    private static double Mean(List<double> ratios) => Math.Exp(ratios.Select(ratio => Math.Log(ratio)).DefaultIfEmpty(double.NaN).Average());

    private void Measure(Workload workload)
    {
        var instructions = CountInstructions(workload);
        var interpreter = InterpreterTier.Instance;
        var nativeTier = (ITier?)_native ?? interpreter;
        var module = Module.Load(workload.Container);
        var times = Stopwatches.Medians(
            Rounds,
            () => Stopwatches.Of(() => workload.BareMetal?.Run()),
            () => TimeRun(workload, module, interpreter, GasModel.Pipeline),
            () => TimeRun(workload, module, nativeTier, GasModel.Pipeline),
            () => TimeRun(workload, module, nativeTier, GasModel.None),
            () => TimeCompile(workload, nativeTier),
            () => TimeCold(workload, nativeTier));
        var bare = workload.BareMetal is null ? double.NaN : times[0];
        if (workload.BareMetal is not null)
        {
            _interpreterRatios.Add(times[1] / bare);
            _nativeRatios.Add(times[2] / bare);
        }

        Print(
            workload.Name, Figure(instructions, 0), Figure(bare), Figure(times[1]), Figure(times[1] * 1000 / instructions, 2),
            Figure(times[1] / bare), Figure(times[2]), Figure(times[2] / bare, 2), Figure(times[3]), Figure(times[4]), Figure(times[5]));
    }

    private static TimeSpan TimeRun(Workload workload, Module module, ITier tier, GasModel model)
    {
        using var instance = module.CreateInstance(Options(tier, model));
        var exit = default(Exit);
        var time = Stopwatches.Of(() => exit = instance.Call());
        workload.Check(instance, exit);
        return time;
    }

    /// <summary>From the validated module to an instance that is ready: pricing, compiling, and the guest's memory.</summary>
    private static TimeSpan TimeCompile(Workload workload, ITier tier)
    {
        var module = Module.Load(workload.Container);
        return Stopwatches.Of(() => module.CreateInstance(Options(tier, GasModel.Pipeline)).Dispose());
    }

    /// <summary>From the container's bytes to the result, in a warm process.</summary>
    private static TimeSpan TimeCold(Workload workload, ITier tier) => Stopwatches.Of(() =>
    {
        using var instance = Module.Load(workload.Container).CreateInstance(Options(tier, GasModel.Pipeline));
        workload.Check(instance, instance.Call());
    });

    private static double CountInstructions(Workload workload)
    {
        using var instance = Module.Load(workload.Container).CreateInstance(Options(InterpreterTier.Instance, GasModel.Flat));
        workload.Check(instance, instance.Call());
        return instance.GasUsed!.Value;
    }

    private static InstanceOptions Options(ITier tier, GasModel model) => new()
    {
        Tier = tier,
        GasModel = model,
        HostCalls = new DefaultHost(Stream.Null, Stream.Null, Stream.Null).CreateTable(),
    };

    private static string Figure(double value, int digits = 1) => value.ToString("F" + digits, CultureInfo.InvariantCulture);

    private static void Print(params string[] cells) =>
        Console.WriteLine(cells[0].PadRight(16) + string.Concat(cells[1..].Select(cell => cell.PadLeft(11))));
}

using System.Diagnostics;
using System.Globalization;
using Pvm2.Benchmarks.Measuring;
using Pvm2.Benchmarks.Reports;
using Pvm2.IlJit;
using Pvm2.IlJit.Tiering;
using Pvm2.Native;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Interpreter;
using Pvm2.Runtime.Text;

namespace Pvm2.Benchmarks;

/// <summary>
/// How long it takes until a run stops that another thread cancels, in guests that make the most time of their gas; and
/// what it costs a run that it can be cancelled.
/// </summary>
internal static class CancellationRun
{
    private const int Stops = 100;
    private const int CostRounds = 11;
    private const ulong CostGas = 3_000_000;

    // Each is an endless loop. The heap has 1 GiB.
    private static readonly (string Name, string Loop)[] Guests =
    [
        ("adds", "fallthrough\n1: addi a0, a0, 1\n j 1b\n"),
        ("divisions", "li a1, -1\n fallthrough\n1: div a0, a1, a1\n div a0, a1, a0\n div a0, a1, a0\n j 1b\n"),
        ("long blocks", $"fallthrough\n1: {string.Concat(Enumerable.Repeat("addi a0, a0, 1\n add a1, a1, a0\n", 2000))} j 1b\n"),
        ("new pages", "li a1, 4096\n fallthrough\n2: li a2, 0x10000000\n li a4, 0x3ffff000\n fallthrough\n1: sd a1, 0(a2)\n add a2, a2, a1\n sub a4, a4, a1\n bnez a4, 1b\n j 2b\n"),
        ("cache misses", "li a1, 0x5851f42d4c957f2d\n li a3, 0x3ffffff8\n li a4, 0x10000000\n fallthrough\n1: mul a0, a0, a1\n addi a0, a0, 11\n srli a2, a0, 20\n and a2, a2, a3\n add a2, a2, a4\n ld a5, 0(a2)\n xor a0, a0, a5\n j 1b\n"),
    ];

    /// <summary>Measures and prints.</summary>
    public static void Run()
    {
        List<ITier> tiers = [InterpreterTier.Instance, new IlTier(new IlTierOptions { Mode = CompilationMode.Eager })];
        if (NativeTier.Support.IsSupported)
        {
            tiers.Add(new NativeTier());
        }

        Console.WriteLine($"- {Machine.Describe()}");
        Console.WriteLine($"- microseconds from the request to the return of Run, {Stops} stops each");
        Console.WriteLine();
        Console.WriteLine("### how soon a cancelled run stops");
        Console.WriteLine();
        var all = new List<double>();
        var table = new TextTable("guest", "tier", "gas", "median µs", "p90 µs", "worst µs", "time with a token");
        foreach (var (name, loop) in Guests)
        {
            var module = Assemble(loop);
            foreach (var tier in tiers)
            {
                foreach (var model in Enum.GetValues<GasModel>())
                {
                    var delays = Delays(module, tier, model);
                    all.AddRange(delays);
                    var cost = model == GasModel.None ? double.NaN : Cost(module, tier, model);
                    table.Add(
                        name,
                        tier.Name,
                        model.ToString().ToLower(CultureInfo.InvariantCulture),
                        TextTable.Figure(delays[Stops / 2]),
                        TextTable.Figure(delays[Stops * 9 / 10]),
                        TextTable.Figure(delays[^1]),
                        TextTable.Figure(cost, 2));
                }
            }
        }

        table.WriteTo(Console.Out);
        all.Sort();
        Console.WriteLine();
        Console.WriteLine(
            $"- all {all.Count} stops: median {TextTable.Figure(all[all.Count / 2])} µs, 90 % within {TextTable.Figure(all[all.Count * 9 / 10])} µs, "
            + $"99 % within {TextTable.Figure(all[all.Count * 99 / 100])} µs, the longest {TextTable.Figure(all[^1])} µs");
    }

    private static Module Assemble(string loop)
    {
        var result = Assembler.Assemble($".region heap, 0x10000000, 0x40000000\n.text\n.entry main\nmain: {loop} trap\n");
        return result.Program is { } program
            ? Module.Create(program)
            : throw new InvalidOperationException(string.Join('\n', result.Diagnostics));
    }

    private static Instance Start(Module module, ITier tier, GasModel model, ulong gas)
    {
        var instance = module.CreateInstance(
            new InstanceOptions { Tier = tier, GasModel = model, Gas = gas, MaxMemory = ulong.MaxValue });
        instance.Start();
        return instance;
    }

    /// <summary>Microseconds, ascending. New memory for every few stops, so that pages are new.</summary>
    private static double[] Delays(Module module, ITier tier, GasModel model)
    {
        var delays = new double[Stops];
        var random = new Random(1);
        for (var i = 0; i < Stops;)
        {
            using var instance = Start(module, tier, model, ulong.MaxValue);
            for (var end = Math.Min(Stops, i + 20); i < end; i++)
            {
                delays[i] = Delay(instance, random.Next(200, 4000));
            }
        }

        Array.Sort(delays);
        return delays;
    }

    private static double Delay(Instance instance, int waitMicroseconds)
    {
        using var source = new CancellationTokenSource();
        var requested = 0L;
        var isRunning = 0;
        var stopper = new Thread(() =>
        {
            while (Volatile.Read(ref isRunning) == 0)
            {
                Thread.SpinWait(10);
            }

            var start = Stopwatch.GetTimestamp();
            while (Stopwatch.GetElapsedTime(start).TotalMicroseconds < waitMicroseconds)
            {
                Thread.SpinWait(10);
            }

            Volatile.Write(ref requested, Stopwatch.GetTimestamp());
            source.Cancel();
        });
        stopper.Start();
        Volatile.Write(ref isRunning, 1);
        var exit = instance.Run(source.Token);
        var end = Stopwatch.GetTimestamp();
        stopper.Join();
        return exit.Reason == ExitReason.Cancelled
            ? Stopwatch.GetElapsedTime(Volatile.Read(ref requested), end).TotalMicroseconds
            : throw new InvalidOperationException($"The run ended with {exit}.");
    }

    /// <summary>How many times as long a run takes that has a token.</summary>
    private static double Cost(Module module, ITier tier, GasModel model)
    {
        using var source = new CancellationTokenSource();
        var token = source.Token;
        using var instance = Start(module, tier, model, CostGas);
        var times = Stopwatches.Medians(CostRounds, () => Time(default), () => Time(token));
        return times[1] / times[0];

        TimeSpan Time(CancellationToken cancellation)
        {
            instance.Reset();
            instance.Start();
            return Stopwatches.Of(() => _ = instance.Run(cancellation));
        }
    }
}

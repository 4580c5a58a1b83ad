using System.Diagnostics;
using System.Globalization;
using Pvm2.Native;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Interpreter;

namespace Pvm2.Benchmarks;

/// <summary>What instances cost: each step of their lives, and the memory that a thousand of them take.</summary>
internal static class InstanceRun
{
    private const int Rounds = 2001;
    private const int Live = 1000;
    private const int Leftovers = 300;

    private static readonly string[] Guests = ["hello", "keccak", "prime_sieve", "ed25519", "collections"];
    private static readonly string[] Steps =
        ["create", "run", "dispose", "together", "reset", "run again", "both together"];

    /// <summary>Measures and prints.</summary>
    public static void Run()
    {
        List<ITier> tiers = [InterpreterTier.Instance];
        if (NativeTier.Support.IsSupported)
        {
            tiers.Add(new NativeTier());
        }

        Console.WriteLine($"- {Machine.Describe()}");
        Console.WriteLine($"- medians of {Rounds} rounds in microseconds; the columns 'together' are medians of sums, 'live' is to create and run");
        Console.WriteLine($"  one of {Live} that all live, then the memory that each adds to the process, and its page tables");
        foreach (var tier in tiers)
        {
            Console.WriteLine();
            Console.WriteLine($"### instances, {tier.Name}");
            Console.WriteLine();
            var table = new TextTable(["guest", .. Steps, "live", "KiB", "KiB of page tables"]);
            foreach (var guest in Guests)
            {
                table.Add([guest, .. Measure(tier, guest)]);
            }

            table.WriteTo(Console.Out);
        }
    }

    private static string[] Measure(ITier tier, string guest)
    {
        var module = Module.Load(File.ReadAllBytes(Path.Combine(Workload.FolderOf("static"), guest + ".pvm2")));
        var options = new InstanceOptions
        {
            Tier = tier,
            HostCalls = new DefaultHost(Stream.Null, Stream.Null, Stream.Null).CreateTable(),
        };
        var times = new double[Steps.Length][];
        for (var i = 0; i < times.Length; i++)
        {
            times[i] = new double[Rounds];
        }

        using var kept = module.CreateInstance(options);
        Check(kept.Call());
        for (var round = -100; round < Rounds; round++)
        {
            var step = MeasureOnce(module, options, kept);
            for (var i = 0; round >= 0 && i < step.Length; i++)
            {
                times[i][round] = step[i];
            }
        }

        var figures = times.Select(series =>
        {
            Array.Sort(series);
            return TextTable.Figure(series[Rounds / 2], 2);
        });
        return [.. figures, .. MeasureMemory(module, options)];
    }

    private static double[] MeasureOnce(Module module, InstanceOptions options, Instance kept)
    {
        var started = Stopwatch.GetTimestamp();
        var instance = module.CreateInstance(options);
        var created = Stopwatch.GetTimestamp();
        var exit = instance.Call();
        var ran = Stopwatch.GetTimestamp();
        instance.Dispose();
        var disposed = Stopwatch.GetTimestamp();
        Check(exit);
        var resetting = Stopwatch.GetTimestamp();
        kept.Reset();
        var reset = Stopwatch.GetTimestamp();
        exit = kept.Call();
        var ranAgain = Stopwatch.GetTimestamp();
        Check(exit);
        return
        [
            Microseconds(started, created), Microseconds(created, ran), Microseconds(ran, disposed),
            Microseconds(started, disposed), Microseconds(resetting, reset), Microseconds(reset, ranAgain),
            Microseconds(resetting, ranAgain),
        ];
    }

    /// <summary>Time and memory of one of a thousand instances that have run and are kept, and its page tables.</summary>
    private static string[] MeasureMemory(Module module, InstanceOptions options)
    {
        if (!OperatingSystem.IsLinux())
        {
            return [.. Enumerable.Repeat(TextTable.Figure(double.NaN), 3)];
        }

        // The first ones take what earlier instances have left to be used again.
        var instances = new Instance[Leftovers + Live];
        var times = new double[Live];
        var (memory, tables) = (0.0, 0.0);
        for (var i = 0; i < instances.Length; i++)
        {
            if (i == Leftovers)
            {
                (memory, tables) = (StatusOf("VmRSS"), StatusOf("VmPTE"));
            }

            var started = Stopwatch.GetTimestamp();
            instances[i] = module.CreateInstance(options);
            var exit = instances[i].Call();
            if (i >= Leftovers)
            {
                times[i - Leftovers] = Microseconds(started, Stopwatch.GetTimestamp());
            }

            Check(exit);
        }

        Array.Sort(times);
        var figures = new[] { times[Live / 2], (StatusOf("VmRSS") - memory) / Live, (StatusOf("VmPTE") - tables) / Live };
        foreach (var instance in instances)
        {
            instance.Dispose();
        }

        return [.. figures.Select(figure => TextTable.Figure(figure, 1))];
    }

    /// <summary>A figure of /proc/self/status, in KiB.</summary>
    private static double StatusOf(string name)
    {
        var line = File.ReadLines("/proc/self/status").Single(line => line.StartsWith(name + ':', StringComparison.Ordinal));
        return double.Parse(line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }

    private static double Microseconds(long start, long end) => (end - start) * 1e6 / Stopwatch.Frequency;

    private static void Check(Exit exit)
    {
        if (exit.Reason != ExitReason.Halt)
        {
            throw new InvalidOperationException($"The guest ended with {exit}.");
        }
    }
}

using Pvm2.Runtime.Diagnostics;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Interpreter;

namespace Pvm2.Benchmarks;

/// <summary>What a gas profile costs: runs in the interpreter with one, beside runs without.</summary>
internal static class ObservationRun
{
    private const int Rounds = 41;

    private static readonly string[] Guests = ["prime_sieve", "calls", "interpreter", "ed25519", "fri_fold_tree"];

    /// <summary>Measures and prints.</summary>
    public static void Run()
    {
        Console.WriteLine($"- {Machine.Describe()}");
        Console.WriteLine($"- medians of {Rounds} rounds");
        Console.WriteLine();
        Console.WriteLine("### runs with a gas profile");
        Console.WriteLine();
        var table = new TextTable("guest", "interpreter µs", "with the profile µs", "ratio");
        foreach (var guest in Guests)
        {
            table.Add([guest, .. Measure(guest)]);
        }

        table.WriteTo(Console.Out);
    }

    private static string[] Measure(string guest)
    {
        var module = Module.Load(File.ReadAllBytes(Path.Combine(Workload.FolderOf("static"), guest + ".pvm2")));
        using var plain = Make(module, InterpreterTier.Instance);
        using var observed = Make(module, new ObservedTier(new GasProfiler(module, GasModel.Pipeline)));
        var times = Stopwatches.Medians(Rounds, () => Time(plain), () => Time(observed));
        return [TextTable.Figure(times[0]), TextTable.Figure(times[1]), TextTable.Figure(times[1] / times[0])];
    }

    private static Instance Make(Module module, ITier tier) => module.CreateInstance(new InstanceOptions
    {
        Tier = tier,
        HostCalls = new DefaultHost(Stream.Null, Stream.Null, Stream.Null).CreateTable(),
    });

    private static TimeSpan Time(Instance instance)
    {
        instance.Reset();
        var exit = default(Exit);
        var time = Stopwatches.Of(() => exit = instance.Call());
        return exit.Reason == ExitReason.Halt ? time : throw new InvalidOperationException($"The guest ended with {exit}.");
    }
}

using Pvm2.Native;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Interpreter;
using Pvm2.Runtime.Snapshots;

namespace Pvm2.Benchmarks;

/// <summary>What it takes to write guests down in the middle of their runs, and to take them up again.</summary>
internal static class SnapshotRun
{
    private const int Rounds = 201;

    private static readonly string[] Guests = ["hello", "keccak", "ed25519", "collections", "fri_fold_tree", "prime_sieve"];

    /// <summary>Measures and prints.</summary>
    public static void Run()
    {
        ITier tier = NativeTier.Support.IsSupported ? new NativeTier() : InterpreterTier.Instance;
        Console.WriteLine($"- {Machine.Describe()}");
        Console.WriteLine($"- {tier.Name} tier, at half the gas of the run, without the program; medians of {Rounds} rounds in microseconds");
        Console.WriteLine();
        Console.WriteLine("### snapshots");
        Console.WriteLine();
        var table = new TextTable("guest", "pages", "bytes", "take µs", "write µs", "read µs", "restore µs");
        foreach (var guest in Guests)
        {
            table.Add([guest, .. Measure(guest, tier)]);
        }

        table.WriteTo(Console.Out);
    }

    private static string[] Measure(string guest, ITier tier)
    {
        var module = Module.Load(File.ReadAllBytes(Path.Combine(Workload.FolderOf("static"), guest + ".pvm2")));
        using var instance = RunHalf(module, tier);
        var snapshot = instance.TakeSnapshot();
        var bytes = snapshot.ToArray();
        var times = Stopwatches.Medians(
            Rounds,
            () => Stopwatches.Of(() => _ = instance.TakeSnapshot()),
            () => Stopwatches.Of(() => _ = snapshot.ToArray()),
            () => Stopwatches.Of(() => _ = Read(bytes)),
            () => TimeOfRestoring(module, snapshot, tier));
        return
        [
            TextTable.Figure(snapshot.Pages.Length, 0), TextTable.Figure(bytes.Length, 0), .. times.Select(static time => TextTable.Figure(time)),
        ];
    }

    private static InstanceOptions OptionsOf(ITier tier) => new()
    {
        Tier = tier,
        HostCalls = new DefaultHost(Stream.Null, Stream.Null, Stream.Null).CreateTable(),
    };

    /// <summary>An instance that stands in the middle of its run.</summary>
    private static Instance RunHalf(Module module, ITier tier)
    {
        using var whole = module.CreateInstance(OptionsOf(tier));
        Check(whole.Call(), ExitReason.Halt);
        var half = module.CreateInstance(OptionsOf(tier));
        half.Start();
        Check(half.Run(new RunLimits { Gas = whole.GasUsed!.Value / 2 }), ExitReason.Cancelled);
        return half;
    }

    private static Snapshot Read(byte[] bytes) => Snapshot.TryRead(bytes, out var snapshot, out var error)
        ? snapshot
        : throw new InvalidOperationException($"The snapshot cannot be read: {error}");

    private static TimeSpan TimeOfRestoring(Module module, Snapshot snapshot, ITier tier)
    {
        var options = OptionsOf(tier);
        Instance? restored = null;
        var time = Stopwatches.Of(() => _ = module.TryRestore(snapshot, options, out restored, out _));
        using (restored ?? throw new InvalidOperationException("The snapshot cannot be restored."))
        {
            return time;
        }
    }

    private static void Check(Exit exit, ExitReason expected)
    {
        if (exit.Reason != expected)
        {
            throw new InvalidOperationException($"The guest ended with {exit}.");
        }
    }
}

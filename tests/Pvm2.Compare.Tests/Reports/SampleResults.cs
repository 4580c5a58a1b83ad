using Pvm2.Compare.Results;
using Pvm2.Measuring;

namespace Pvm2.Compare.Tests.Reports;

/// <summary>Invented results of the shape that a run leaves: they say nothing about any engine.</summary>
internal sealed class SampleResults
{
    private const int Rounds = 15;

    private static readonly string[] Ten =
    [
        "prime_sieve", "keccak", "blake2b", "goldilocks_mul", "ed25519", "ecrecover", "poseidon2_perm", "mini_verifier", "poly_eval", "fri_fold_tree",
    ];

    private static readonly Kind[] AllKinds = [Kind.Compile, Kind.Cold, Kind.Steady, Kind.Process];

    private readonly Random _random = new(1);

    private readonly List<EngineFacts> _engines = [];

    private readonly List<Series> _series = [];

    private readonly List<CompilePoint> _compiling = [];

    private readonly List<InstancePoint> _instances = [];

    private readonly List<WarmUpPoint> _warmUp = [];

    /// <summary>As many engines as a full run has.</summary>
    public static ResultFile Full()
    {
        var sample = new SampleResults();
        foreach (var (tier, slowness, compile) in (ValueTuple<string, double, double>[])[("native", 1.15, 20), ("il", 1.4, 900), ("aot", 1.3, 200), ("interpreter", 40, 8)])
        {
            sample.AddTier(tier, "pipeline", slowness, 1.1 * compile);
            sample.AddTier(tier, "flat", 0.95 * slowness, compile);
            sample.AddTier(tier, "none", 0.9 * slowness, 0.9 * compile);
        }

        sample.AddEngine("wasmtime/fuel", "Wasmtime, fuel", "wasmtime", "wasm", "fuel", 1.8, 900);
        sample.AddEngine("wasmtime/epoch", "Wasmtime, epochs", "wasmtime", "wasm", "none (epochs)", 1.5, 850);
        sample.AddEngine("wasmtime/none", "Wasmtime", "wasmtime", "wasm", "none", 1.4, 800);
        sample.AddEngine("qemu/riscv64", "qemu-riscv64", "qemu", "riscv64", "none", 3, 500, Kind.Process);
        sample.AddEngine("bare/x64", "bare metal", "bare", "x64", "none", 1, 5, Kind.Steady, Kind.Process);
        sample.AddSkipped("libriscv", "libriscv", "its command was not found; build it from its sources | and name it");
        sample.AddCurves();
        return sample.Build();
    }

    /// <summary>One engine, two workloads, nothing else, and too few rounds for intervals.</summary>
    public static ResultFile Small() => Of([100, 110, 120], [10, 20, 30]);

    /// <summary>Cold samples of the native tier with the pipeline model, in nanoseconds, of the workloads keccak and blake2b.</summary>
    public static ResultFile Of(double[] keccak, double[] blake2b)
    {
        var sample = new SampleResults();
        sample._engines.Add(new("native/pipeline", "native, pipeline", "pvm2", "1", "static", "pipeline", [Kind.Cold], string.Empty));
        sample._series.Add(new(Kind.Cold, "native/pipeline", "keccak", 1, keccak));
        sample._series.Add(new(Kind.Cold, "native/pipeline", "blake2b", 1, blake2b));
        return sample.Build() with { Workloads = ["keccak", "blake2b"], Sizes = [], Settings = SettingsOf(keccak.Length) };
    }

    private static Settings SettingsOf(int rounds) => new("full", "bench/compare.sh", rounds, 9, 0.5, 1, "processor 1", 28.4);

    private void AddTier(string tier, string gas, double slowness, double compile) =>
        AddEngine($"{tier}/{gas}", $"{tier}, {gas}", "pvm2", "static", gas, slowness, compile);

    private void AddSkipped(string id, string title, string why) =>
        _engines.Add(new(id, title, id, string.Empty, "elf", "instructions", [], why));

    private void AddEngine(
        string id, string title, string family, string program, string metering, double slowness, double compile, params Kind[] kinds)
    {
        kinds = kinds.Length == 0 ? AllKinds : kinds;
        _engines.Add(new(id, title, family, $"{family} 1.0", program, metering, kinds, string.Empty));
        for (var index = 0; index < Ten.Length; index++)
        {
            var run = 20_000 * (1 + (index * 7 % 10)) * slowness;
            foreach (var kind in kinds)
            {
                var time = TimeOf(kind, run, compile * 1000 * (1 + index));
                _series.Add(new(kind, id, Ten[index], 1, Samples(time, kind == Kind.Process ? 9 : Rounds)));
            }
        }
    }

    private static double TimeOf(Kind kind, double run, double compile) => kind switch
    {
        Kind.Compile => compile,
        Kind.Cold => compile + run + 12_000,
        Kind.Steady => run,
        _ => 45_000_000 + compile + run,
    };

    private void AddCurves()
    {
        foreach (var (engine, cost, share) in (ValueTuple<string, double, double>[])[("native/pipeline", 9, 1), ("native/none", 6, 1), ("il/pipeline", 300, 1), ("wasmtime/fuel", 250, 0.8)])
        {
            for (var power = 10; power <= 22; power += 2)
            {
                var bytes = (long)(share * (1 << power));
                var time = (cost * Math.Pow(bytes, 1.02)) + 8000;
                _compiling.Add(new(engine, $"mix of {1 << (power - 10)} KiB", bytes, Samples(time, 9), Samples((cost * bytes / 3) + 300_000, 5)));
            }

            for (var count = 1; count <= 10_000; count *= 10)
            {
                var failure = engine == "il/pipeline" && count == 10_000 ? "out of memory" : string.Empty;
                _instances.Add(new(
                    engine,
                    count,
                    failure.Length > 0 ? [] : Samples(25_000 * (1 + (cost / 200)), 5),
                    failure.Length > 0 ? [] : Samples(60_000 + (400_000.0 / count), 5),
                    failure));
            }
        }

        foreach (var (engine, delay, top) in (ValueTuple<string, double, double>[])[("native/pipeline", 0.05, 2.6), ("il/pipeline", 300, 2.2), ("interpreter/pipeline", 0.01, 0.08), ("auto-promoting/pipeline", 4, 2.55), ("wasmtime/fuel", 8, 2.0)])
        {
            for (var time = 0.5; time < 4000; time *= 1.5)
            {
                _warmUp.Add(new(engine, time, Samples((top * time / (time + delay)) + 0.01, 5)));
            }
        }
    }

    private double[] Samples(double middle, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => middle * (1 + (0.06 * (_random.NextDouble() - 0.3))))];

    private ResultFile Build() => new(
        ResultFile.CurrentSchema,
        new Machine("Invented processor", 2, "Linux 6.1", ".NET 10.0.0", "0123abc", "2026-11-27 12:00", "0.10"),
        SettingsOf(Rounds),
        Ten,
        _engines,
        _series,
        [.. Ten.Select((name, index) => new SizeFacts(
            name, 3000 + index, new(2500 + index, 100, 400, 3100 + index), new(2600 + index, 0, 400, 3100 + index), index == 3 ? null : 2000, index == 3 ? null : 2300))],
        _compiling,
        _instances,
        _warmUp,
        ["These figures are invented."]);
}

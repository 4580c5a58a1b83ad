using System.Diagnostics;
using Pvm2.Compare.Engines;
using Pvm2.Compare.Protocol;
using Pvm2.Compare.Results;

namespace Pvm2.Compare.Measuring;

/// <summary>Measures how compiling grows with the program: generated programs of the same C source, for several engines.</summary>
/// <remarks>
/// Memory is what one compilation adds to the peak of a process that has compiled nothing but the smallest program. A process
/// that has compiled more keeps memory, and would show less.
/// </remarks>
internal sealed class CompileScale(Plan plan, ProgramFiles files, Func<string, string, long> codeBytes, IProgressView view)
{
    private const int WarmUpPasses = 2;

    private static readonly TimeSpan WarmUpTime = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongCompilation = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly Random _random = new(plan.Seed);

    /// <summary>Measures.</summary>
    /// <param name="engines">Engines that compile.</param>
    /// <exception cref="EngineException">One fails.</exception>
    public IReadOnlyList<CompilePoint> Run(IReadOnlyList<EngineDefinition> engines)
    {
        view.Begin("measuring compilation against size", plan.Sizes.Count * plan.ScaleRounds);
        return [.. plan.Sizes.SelectMany(size => RunSize(size, [.. engines.Where(engine => IsWithinReach(engine, size))]))];
    }

    /// <summary>
    /// IL that .NET compiles takes hundreds of times as long as machine code, and seconds where a program is large. What is
    /// left out is seen in the chart.
    /// </summary>
    private bool IsWithinReach(EngineDefinition engine, string size) =>
        !engine.Id.StartsWith("il/", StringComparison.Ordinal)
        || codeBytes(engine.Program, files.Find(engine.Program, size)) <= 300 * 1024;

    private CompilePoint[] RunSize(string size, EngineDefinition[] engines)
    {
        var samples = engines.Select(_ => new List<Sample>()).ToArray();
        int[] order = [.. Enumerable.Range(0, engines.Length)];
        for (var round = 0; round < plan.ScaleRounds; round++)
        {
            _random.Shuffle(order);
            foreach (var which in order)
            {
                samples[which].Add(Measure(engines[which], files.Find(engines[which].Program, size)));
            }

            view.Step();
        }

        return [.. engines.Zip(samples, (engine, taken) => new CompilePoint(
            engine.Id,
            size,
            codeBytes(engine.Program, files.Find(engine.Program, size)),
            [.. taken.Select(sample => sample.Nanoseconds)],
            [.. taken.Select(sample => sample.PeakBytes).OfType<double>()]))];
    }

    private Sample Measure(EngineDefinition engine, string program)
    {
        using var process = EngineProcess.Start(engine.Serve, -1, plan.Patience);
        process.Load(files.Find(engine.Program, plan.Sizes[0]));
        Warm(process, engine);
        process.Load(program);
        var before = process.AskForMemory();
        var first = Compile(process, engine, 1);
        var after = process.AskForMemory();

        // What the smallest program does not need of a compiler is not warm yet, unless it has just worked for long.
        if (first < LongCompilation.TotalNanoseconds)
        {
            Warm(process, engine);
        }

        var repetitions = (int)Math.Clamp(plan.SampleTime.TotalNanoseconds / first, 1, Sampling.MostRepetitions(Kind.Compile));
        var warm = Compile(process, engine, repetitions) / repetitions;
        return new Sample(Math.Round(warm, 1), before is { } start && after is { } end ? Math.Max(0, end.Peak - start.Resident) : null);
    }

    /// <summary>Compiles what is loaded again and again, with pauses for compilers that work in the background.</summary>
    private static void Warm(EngineProcess process, EngineDefinition engine)
    {
        for (var pass = 0; pass < WarmUpPasses; pass++)
        {
            var start = Stopwatch.GetTimestamp();
            do
            {
                _ = Compile(process, engine, 1);
            }
            while (Stopwatch.GetElapsedTime(start) < WarmUpTime);
            Thread.Sleep(Pause);
        }
    }

    private static double Compile(EngineProcess process, EngineDefinition engine, int repetitions) =>
        process.Compile(repetitions)?.Nanoseconds ?? throw new EngineException($"{engine.Id} does not compile by itself.");

    private readonly record struct Sample(double Nanoseconds, double? PeakBytes);
}

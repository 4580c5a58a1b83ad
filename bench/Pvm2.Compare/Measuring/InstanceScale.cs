using Pvm2.Compare.Engines;
using Pvm2.Compare.Protocol;
using Pvm2.Compare.Results;

namespace Pvm2.Compare.Measuring;

/// <summary>Measures many instances that live at once, each number in a process that has had no more than one before.</summary>
internal sealed class InstanceScale(Plan plan, ProgramFiles files, IProgressView view)
{
    private const string Workload = "keccak";
    private const int WarmUpPasses = 4;
    private const int WarmUpRepetitions = 20;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(150);

    private readonly Random _random = new(plan.Seed);

    /// <summary>Measures. What fails becomes a point that says why.</summary>
    public IReadOnlyList<InstancePoint> Run(IReadOnlyList<EngineDefinition> engines)
    {
        view.Begin("measuring many instances", plan.InstanceCounts.Count * plan.ScaleRounds);
        return [.. plan.InstanceCounts.SelectMany(count => RunCount(count, [.. engines]))];
    }

    private List<InstancePoint> RunCount(int count, EngineDefinition[] engines)
    {
        var points = engines.ToDictionary(engine => engine.Id, engine => new InstancePoint(engine.Id, count, [], [], string.Empty));
        for (var round = 0; round < plan.ScaleRounds; round++)
        {
            _random.Shuffle(engines);
            foreach (var engine in engines)
            {
                points[engine.Id] = Measure(engine, points[engine.Id]);
            }

            view.Step();
        }

        return [.. points.Values];
    }

    private InstancePoint Measure(EngineDefinition engine, InstancePoint point)
    {
        if (point.Failure.Length != 0)
        {
            return point;
        }

        try
        {
            using var process = EngineProcess.Start(engine.Serve, -1, plan.Patience);
            process.Load(files.Find(engine.Program, Workload));
            for (var pass = 0; pass < WarmUpPasses; pass++)
            {
                for (var repetition = 0; repetition < WarmUpRepetitions; repetition++)
                {
                    _ = process.MakeInstances(1);
                }

                Thread.Sleep(Pause);
            }

            return process.MakeInstances(point.Count) is var (nanoseconds, bytes)
                ? point with
                {
                    Nanoseconds = [.. point.Nanoseconds, (double)nanoseconds / point.Count],
                    ResidentBytes = [.. point.ResidentBytes, (double)bytes / point.Count],
                }
                : point with { Failure = "it does not make several instances." };
        }
        catch (EngineException e)
        {
            return point with { Failure = e.Message };
        }
    }
}

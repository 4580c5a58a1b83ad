using Pvm2.Compare.Engines;
using Pvm2.Compare.Protocol;
using Pvm2.Compare.Results;

namespace Pvm2.Compare.Measuring;

/// <summary>Takes the samples of whole processes, whose engines take turns in a new order each round.</summary>
internal sealed class ProcessSampling(
    Plan plan, ProgramFiles files, ExpectedResults expected, IProgressView view, Func<EngineDefinition, EngineFacts> factsOf)
{
    private readonly Random _random = new(plan.Seed);

    /// <summary>Takes all samples.</summary>
    /// <param name="engines">Engines that have been started before, so that their files are in memory.</param>
    /// <exception cref="EngineException">A command that worked when results were checked fails now.</exception>
    public IReadOnlyList<Series> Run(IReadOnlyList<EngineDefinition> engines)
    {
        OnceFigure[] figures =
        [
            .. from engine in engines
               where engine.Kinds.Contains(Kind.Process)
               from workload in plan.Workloads
               select new OnceFigure(engine, workload, new OnceCommand(engine, files, plan.Patience), []),
        ];
        view.Begin("measuring from the start of a process to its end", plan.ProcessRounds * figures.Length);
        for (var round = 0; round < plan.ProcessRounds; round++)
        {
            _random.Shuffle(figures);
            foreach (var figure in figures)
            {
                TakeSample(figure);
                view.Step();
            }
        }

        return [.. figures.Select(figure => new Series(Kind.Process, figure.Engine.Id, figure.Workload, 1, figure.Nanoseconds))];
    }

    private void TakeSample(OnceFigure figure)
    {
        var timing = figure.Command.Run(figure.Workload);
        if (expected.WhyWrong(figure.Workload, timing.Result) is { } wrong)
        {
            throw new EngineException($"{figure.Engine.Id}: {wrong}");
        }

        figure.Nanoseconds.Add(Math.Round(timing.Nanoseconds));
        view.Sampled(Kind.Process, factsOf(figure.Engine), figure.Workload, timing.Nanoseconds);
    }

    private sealed record OnceFigure(EngineDefinition Engine, string Workload, OnceCommand Command, List<double> Nanoseconds);
}

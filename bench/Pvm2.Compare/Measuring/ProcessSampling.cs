using Pvm2.Compare.Engines;
using Pvm2.Compare.Protocol;
using Pvm2.Compare.Results;

namespace Pvm2.Compare.Measuring;

/// <summary>Takes the samples of whole processes, whose engines take turns in a new order each round.</summary>
/// <param name="plan">What to measure.</param>
/// <param name="files">Where the workloads' programs are.</param>
/// <param name="expected">What workloads must leave.</param>
/// <param name="view">Who watches.</param>
/// <param name="factsOf">What is known of an engine.</param>
/// <param name="remark">Is told of an engine whose command worked when results were checked, and fails now.</param>
internal sealed class ProcessSampling(
    Plan plan,
    ProgramFiles files,
    ExpectedResults expected,
    IProgressView view,
    Func<EngineDefinition, EngineFacts> factsOf,
    Action<string> remark)
{
    private readonly Random _random = new(plan.Seed);
    private readonly HashSet<string> _failed = [];

    /// <summary>Takes all samples.</summary>
    /// <param name="engines">Engines that have been started before, so that their files are in memory.</param>
    /// <returns>Those of the engines that did not fail.</returns>
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
                TryTakeSample(figure);
                view.Step();
            }
        }

        return [.. figures.Where(figure => !_failed.Contains(figure.Engine.Id)).Select(figure => new Series(Kind.Process, figure.Engine.Id, figure.Workload, 1, figure.Nanoseconds))];
    }

    private void TryTakeSample(OnceFigure figure)
    {
        if (_failed.Contains(figure.Engine.Id))
        {
            return;
        }

        try
        {
            TakeSample(figure);
        }
        catch (EngineException e)
        {
            _ = _failed.Add(figure.Engine.Id);
            remark($"{figure.Engine.Id} is not measured from the start of a process to its end: {e.Message}");
        }
    }

    private void TakeSample(OnceFigure figure)
    {
        var timing = figure.Command.Run(figure.Workload);
        if (expected.WhyWrong(figure.Workload, timing.Result) is { } wrong)
        {
            throw new EngineException(wrong);
        }

        figure.Nanoseconds.Add(Math.Round(timing.Nanoseconds));
        view.Sampled(Kind.Process, factsOf(figure.Engine), figure.Workload, timing.Nanoseconds);
    }

    private sealed record OnceFigure(EngineDefinition Engine, string Workload, OnceCommand Command, List<double> Nanoseconds);
}

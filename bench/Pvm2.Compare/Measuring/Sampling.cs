using Pvm2.Compare.Results;

namespace Pvm2.Compare.Measuring;

/// <summary>Takes the samples of the kinds that need a process that is warm.</summary>
/// <remarks>
/// In each pass every workload has its turn, in a new order. All engines load it; then each round takes one sample of every
/// engine and kind, in a new order too. So what is compared is measured within moments, and nobody always comes after the
/// same one.
/// </remarks>
internal sealed class Sampling
{
    private readonly Plan _plan;
    private readonly Field _field;
    private readonly ExpectedResults _expected;
    private readonly IProgressView _view;
    private readonly Random _random;
    private readonly Dictionary<(Kind Kind, string Engine, string Workload), Samples> _samples = [];

    /// <summary>Makes it ready.</summary>
    /// <param name="plan">What to measure.</param>
    /// <param name="field">Who takes part, warm.</param>
    /// <param name="expected">What workloads must leave.</param>
    /// <param name="view">Who watches.</param>
    public Sampling(Plan plan, Field field, ExpectedResults expected, IProgressView view)
    {
        _plan = plan;
        _field = field;
        _expected = expected;
        _view = view;
        _random = new Random(plan.Seed);
    }

    /// <summary>The kinds that are measured of an engine here.</summary>
    public static IEnumerable<Kind> Kinds(Plan plan, Contestant contestant) =>
        new[] { Kind.Compile, Kind.Cold, Kind.Steady }.Where(kind => plan.Kinds.Contains(kind) && contestant.Does(kind));

    /// <summary>The most repetitions of a sample: what is compiled is held until the sample is over.</summary>
    public static int MostRepetitions(Kind kind) => kind == Kind.Steady ? 100_000 : 32;

    /// <summary>Takes all samples.</summary>
    /// <returns>Those of the engines that are still there.</returns>
    public IReadOnlyList<Series> Run()
    {
        _view.Begin("measuring compile, cold and steady", _plan.Passes * _plan.Workloads.Count * _plan.RoundsPerPass);
        for (var pass = 0; pass < _plan.Passes; pass++)
        {
            foreach (var workload in Shuffle(_plan.Workloads))
            {
                RunPass(workload);
            }
        }

        return [.. _samples
            .Where(pair => _field.Contestants.Any(one => one.Definition.Id == pair.Key.Engine))
            .Select(pair => new Series(pair.Key.Kind, pair.Key.Engine, pair.Key.Workload, pair.Value.Repetitions, pair.Value.Nanoseconds))];
    }

    private void RunPass(string workload)
    {
        foreach (var contestant in _field.Contestants.ToArray())
        {
            _ = _field.Try(contestant, () => Prepare(contestant, workload));
        }

        for (var round = 0; round < _plan.RoundsPerPass; round++)
        {
            foreach (var contestant in Shuffle(_field.Contestants))
            {
                _ = _field.Try(contestant, () => TakeSamples(contestant, workload));
            }

            _view.Step();
        }
    }

    /// <summary>
    /// Loads a workload, finds out in the first pass how often it is to be repeated, and takes a sample that does not count:
    /// what was just loaded has pages to touch, and of some engines code that is still compiled in the background.
    /// </summary>
    private void Prepare(Contestant contestant, string workload)
    {
        contestant.Load(workload);
        foreach (var kind in Kinds(_plan, contestant).ToArray())
        {
            var key = (kind, contestant.Definition.Id, workload);
            if (!_samples.ContainsKey(key) && CountRepetitions(contestant, kind) is { } repetitions)
            {
                _samples.Add(key, new Samples(repetitions, []));
            }

            if (_samples.TryGetValue(key, out var samples) && contestant.Does(kind))
            {
                _ = Measure(contestant, kind, workload, samples.Repetitions);
            }
        }
    }

    private int? CountRepetitions(Contestant contestant, Kind kind)
    {
        var once = double.PositiveInfinity;
        for (var tries = 0; tries < 3; tries++)
        {
            if (contestant.Measure(kind, 1) is not { } timing)
            {
                return null;
            }

            once = Math.Min(once, timing.Nanoseconds);
        }

        return (int)Math.Clamp(_plan.SampleTime.TotalNanoseconds / once, 1, MostRepetitions(kind));
    }

    private void TakeSamples(Contestant contestant, string workload)
    {
        foreach (var kind in Shuffle([.. Kinds(_plan, contestant)]))
        {
            var samples = _samples[(kind, contestant.Definition.Id, workload)];

            // The first repetition after another engine finds the processor's caches and predictors full of that one.
            // Where a sample is a single long repetition, that is lost in it.
            if (samples.Repetitions > 1)
            {
                _ = Measure(contestant, kind, workload, 1);
            }

            var nanoseconds = Measure(contestant, kind, workload, samples.Repetitions) / samples.Repetitions;
            samples.Nanoseconds.Add(Math.Round(nanoseconds, 2));
            _view.Sampled(kind, _field.FactsOf(contestant.Definition), workload, nanoseconds);
        }
    }

    private double Measure(Contestant contestant, Kind kind, string workload, int repetitions)
    {
        var timing = contestant.Measure(kind, repetitions)
            ?? throw new Protocol.EngineException($"it no longer does {kind}.");
        return kind == Kind.Compile || _expected.WhyWrong(workload, timing.Result) is not { } wrong
            ? timing.Nanoseconds
            : throw new Protocol.EngineException(wrong);
    }

    private T[] Shuffle<T>(IReadOnlyList<T> items)
    {
        T[] shuffled = [.. items];
        _random.Shuffle(shuffled);
        return shuffled;
    }

    private sealed record Samples(int Repetitions, List<double> Nanoseconds);
}

using System.Globalization;
using Pvm2.Compare.Engines;
using Pvm2.Compare.Protocol;
using Pvm2.Compare.Results;

namespace Pvm2.Compare.Measuring;

/// <summary>The engines that take part, and those that fell out, with the reason.</summary>
public sealed class Field : IDisposable
{
    private readonly IReadOnlyList<EngineDefinition> _definitions;
    private readonly Dictionary<string, EngineFacts> _facts = [];
    private readonly List<Contestant> _contestants = [];
    private readonly IProgressView _view;

    /// <summary>Makes a field without anybody.</summary>
    /// <param name="definitions">Who may take part, in the order of the tables.</param>
    /// <param name="view">Who is told of those that fall out.</param>
    public Field(IReadOnlyList<EngineDefinition> definitions, IProgressView view)
    {
        _definitions = definitions;
        _view = view;
    }

    /// <summary>Who takes part.</summary>
    public IReadOnlyList<Contestant> Contestants => _contestants;

    /// <summary>Everybody, in the order of the tables.</summary>
    public IReadOnlyList<EngineFacts> Facts => [.. _definitions.Where(one => _facts.ContainsKey(one.Id)).Select(one => _facts[one.Id])];

    /// <summary>What is known of an engine that was started.</summary>
    public EngineFacts FactsOf(EngineDefinition definition) => _facts[definition.Id];

    /// <summary>Starts everybody and checks that each leaves the right results, before anything is timed.</summary>
    /// <param name="plan">Says which workloads.</param>
    /// <param name="files">Where programs are.</param>
    /// <param name="expected">What they must leave.</param>
    /// <param name="processor">The processor that runs shall be bound to; negative for none.</param>
    /// <exception cref="InvalidDataException">An engine that is ours to answer for leaves a wrong result.</exception>
    public void Enter(Plan plan, ProgramFiles files, ExpectedResults expected, int processor)
    {
        _view.Begin("starting engines and checking results", _definitions.Count);
        foreach (var definition in _definitions)
        {
            Enter(definition, plan, files, expected, processor);
            _view.Step();
        }
    }

    /// <summary>Lets a contestant do something, and drops it where that fails.</summary>
    /// <returns>Whether it did it.</returns>
    public bool Try(Contestant contestant, Action action)
    {
        try
        {
            action();
            return true;
        }
        catch (EngineException e)
        {
            Drop(contestant, e.Message);
            return false;
        }
    }

    /// <summary>Takes somebody out.</summary>
    /// <param name="reason">Why, for the report.</param>
    public void Drop(Contestant contestant, string reason)
    {
        _ = _contestants.Remove(contestant);
        contestant.Dispose();
        Skip(contestant.Definition, reason);
    }

    /// <summary>Ends the processes of everybody. What is known of them stays.</summary>
    public void Dispose()
    {
        _contestants.ForEach(contestant => contestant.Dispose());
        _contestants.Clear();
    }

    private static void CheckResults(
        Contestant contestant, Plan plan, ProgramFiles files, ExpectedResults expected)
    {
        var definition = contestant.Definition;
        var once = definition.Kinds.Contains(Kind.Process) && plan.Kinds.Contains(Kind.Process)
            ? new OnceCommand(definition, files, plan.Patience)
            : null;
        foreach (var workload in plan.Workloads)
        {
            contestant.Load(workload);
            Check(definition, expected.WhyWrong(workload, contestant.RunOnce()));
            Check(definition, once is null ? null : expected.WhyWrong(workload, once.Run(workload).Result));
        }
    }

    private static void Check(EngineDefinition definition, string? wrong)
    {
        if (wrong is null)
        {
            return;
        }

        throw definition.IsAdapter
            ? new EngineException(wrong)
            : new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"{definition.Id}: {wrong} Nothing is measured."));
    }

    private void Enter(EngineDefinition definition, Plan plan, ProgramFiles files, ExpectedResults expected, int processor)
    {
        Contestant? contestant = null;
        try
        {
            contestant = Contestant.Start(definition, files, plan.Workloads, processor, plan.Patience);
            CheckResults(contestant, plan, files, expected);
            _facts[definition.Id] = definition.ToFacts(contestant.Version, string.Empty);
            _contestants.Add(contestant);
        }
        catch (EngineException e)
        {
            contestant?.Dispose();
            Skip(definition, e is EngineMissingException && definition.Hint.Length != 0 ? $"{e.Message} How to get it: {definition.Hint}." : e.Message);
        }
        catch
        {
            contestant?.Dispose();
            throw;
        }
    }

    private void Skip(EngineDefinition definition, string reason)
    {
        _facts[definition.Id] = definition.ToFacts(string.Empty, reason);
        _view.Remark($"{definition.Title} ({definition.Id}) is skipped: {reason}");
    }
}

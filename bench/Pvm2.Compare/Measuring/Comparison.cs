using System.Diagnostics;
using Pvm2.Compare.Engines;
using Pvm2.Compare.Preparation;
using Pvm2.Compare.Protocol;
using Pvm2.Compare.Results;
using Pvm2.Measuring;

namespace Pvm2.Compare.Measuring;

/// <summary>A whole comparison, from starting engines to the results.</summary>
/// <param name="plan">What to measure.</param>
/// <param name="engines">Who may take part, in the order of the tables.</param>
/// <param name="files">Where the workloads' programs are.</param>
/// <param name="sizes">Where generated programs are; null where there are none.</param>
/// <param name="host">The program that holds our tiers.</param>
/// <param name="view">Who watches.</param>
public sealed class Comparison(
    Plan plan, IReadOnlyList<EngineDefinition> engines, ProgramFiles files, ProgramFiles? sizes, string host, IProgressView view)
{
    /// <summary>Of which compilation against size and many instances are measured.</summary>
    private static readonly string[] ScaleEngines =
        [BuiltInEngines.Reference, "interpreter/pipeline", "il/pipeline", BuiltInEngines.Rival];

    private readonly List<string> _remarks = [];

    /// <summary>Measures.</summary>
    /// <param name="expected">What workloads must leave.</param>
    /// <param name="command">What repeats this, for the report.</param>
    /// <exception cref="InvalidDataException">An engine that is ours to answer for leaves a wrong result, or a file is missing.</exception>
    /// <exception cref="IOException">A program of a workload is missing.</exception>
    public ResultFile Run(ExpectedResults expected, string command)
    {
        var watch = Stopwatch.StartNew();
        var machine = Machine.Describe();
        RemarkOnConditions(machine);

        // First, as files that are missing shall not be noticed when all is measured.
        SizeFacts[] programs = [.. plan.Workloads.Select(workload => ProgramSizes.Of(files, workload))];
        var processor = AllowedProcessors.ChooseOne();
        using var field = new Field(engines, view);
        field.Enter(plan, files, expected, processor);
        WarmUp(field);
        var series = new List<Series>(new Sampling(plan, field, expected, view).Run());
        EngineDefinition[] present = [.. field.Contestants.Select(contestant => contestant.Definition)];
        field.Dispose();
        if (plan.Kinds.Contains(Kind.Process))
        {
            series.AddRange(new ProcessSampling(plan, files, expected, view, field.FactsOf, Remark).Run(present));
        }

        var compiling = MeasureSizes(present);
        var instances = plan.InstanceCounts.Count == 0 ? [] : new InstanceScale(plan, files, view).Run(AtScale(present));
        var curves = plan.WarmUpRounds == 0 ? [] : Attempt("How tiers warm up", () => new WarmUpCurves(plan, host, view).Run(present));
        RemarkOnLoad();
        return new ResultFile(
            ResultFile.CurrentSchema,
            machine,
            new Settings(
                plan.Mode,
                command,
                plan.Rounds,
                plan.ProcessRounds,
                plan.SampleTime.TotalMilliseconds,
                plan.Seed,
                processor < 0 ? string.Empty : $"processor {processor}",
                Math.Round(watch.Elapsed.TotalMinutes, 1)),
            plan.Workloads,
            field.Facts,
            series,
            programs,
            compiling,
            instances,
            curves,
            _remarks);
    }

    private static EngineDefinition[] AtScale(EngineDefinition[] engines) =>
        [.. engines.Where(engine => ScaleEngines.Contains(engine.Id))];

    private void WarmUp(Field field)
    {
        var warmUp = new WarmUp(plan);
        Contestant[] measured = [.. field.Contestants.Where(contestant => Sampling.Kinds(plan, contestant).Any())];
        view.Begin("warming up", measured.Length);
        foreach (var contestant in measured)
        {
            var hasSettled = false;
            if (field.Try(contestant, () => hasSettled = warmUp.Run(contestant)) && !hasSettled)
            {
                Remark($"{contestant.Definition.Id} had not settled after {plan.MostWarmUpPasses} passes of warming up.");
            }

            view.Step();
        }
    }

    private IReadOnlyList<CompilePoint> MeasureSizes(EngineDefinition[] present)
    {
        if (plan.Sizes.Count == 0)
        {
            return [];
        }

        if (sizes is null)
        {
            Remark("Compilation against size is not measured: there are no generated programs. They need clang-19 and lld-19.");
            return [];
        }

        return Attempt(
            "Compilation against size",
            () => new CompileScale(plan, sizes, ProgramSizes.CountCode, view).Run(AtScale(present)));
    }

    /// <summary>Measures something that comes late. Where it fails, what was measured before is not lost.</summary>
    private IReadOnlyList<T> Attempt<T>(string what, Func<IReadOnlyList<T>> measure)
    {
        try
        {
            return measure();
        }
        catch (Exception e) when (e is EngineException or IOException or InvalidDataException)
        {
            Remark($"{what} is not measured: {e.Message}");
            return [];
        }
    }

    private void RemarkOnConditions(Machine machine)
    {
        if (machine.IsBusy)
        {
            Remark($"Load average {machine.LoadAverage} on {machine.Cores} cores when this began; the builds just before it count.");
        }

        foreach (var name in Environment.GetEnvironmentVariables().Keys.OfType<string>().Order(StringComparer.Ordinal))
        {
            if (name.StartsWith("DOTNET_T", StringComparison.Ordinal) || name.StartsWith("DOTNET_GC", StringComparison.Ordinal))
            {
                Remark($"The environment has {name}={Environment.GetEnvironmentVariable(name)}, which may change how .NET runs.");
            }
        }
    }

    private void RemarkOnLoad()
    {
        const double Others = 1.5;
        if (double.TryParse(Machine.FindLoad(), System.Globalization.CultureInfo.InvariantCulture, out var load)
            && load > Environment.ProcessorCount + Others)
        {
            Remark($"The machine was busy when this ended: load average {load} on {Environment.ProcessorCount} cores.");
        }
    }

    private void Remark(string text)
    {
        _remarks.Add(text);
        view.Remark(text);
    }
}

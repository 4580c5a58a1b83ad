using Pvm2.Compare.Baselines;
using Pvm2.Compare.Engines;
using Pvm2.Compare.Measuring;
using Pvm2.Compare.Presentation;
using Pvm2.Compare.Protocol;
using Pvm2.Compare.Reports;
using Pvm2.Compare.Results;
using Pvm2.Measuring;
using Spectre.Console;

namespace Pvm2.Compare.CommandLine;

/// <summary>Does what a command line asks for.</summary>
internal sealed class Application(CompareRequest request, IAnsiConsole console)
{
    private const int Success = 0;
    private const int Failure = 1;
    private const int Usage = 64;
    private const int Unusable = 70;

    private static string Guests => Path.Combine(Workload.FindRoot(), "bench", "guests");

    private string ResultsFile => Path.Combine(request.Output, "results.json");

    private static string BaselineFile => Path.Combine(Workload.FindRoot(), "bench", "baseline.json");

    /// <summary>Does it. What goes wrong is said on the standard error.</summary>
    /// <returns>The exit code: 0, 1 where something failed or got slower, 64 for a wrong request, 70 for a debug build.</returns>
    public int Run()
    {
        try
        {
            return request.Action switch
            {
                CompareAction.List => List(),
                CompareAction.Report => Report(ResultFile.Read(request.Results!)),
                CompareAction.Publish => Publish(ResultFile.Read(request.Results!)),
                _ => Measure(),
            };
        }
        catch (ArgumentException e)
        {
            Console.Error.WriteLine(e.Message);
            return Usage;
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException or EngineException)
        {
            Console.Error.WriteLine(e.Message);
            return Failure;
        }
    }

    private int List()
    {
        RefuseUnknown("workload", request.Workloads, new ExpectedResults(Path.Combine(Guests, "expected.txt")).Names);
        foreach (var engine in FindEngines(plan: null))
        {
            var kinds = string.Join(", ", engine.Kinds).ToLowerInvariant();
            Console.Out.WriteLine($"{engine.Id,-24} {engine.Title,-40} {kinds}".TrimEnd());
        }

        return Success;
    }

    private int Measure()
    {
        if (BuildCheck.FindObstacle() is { } obstacle)
        {
            Console.Error.WriteLine($"Figures would mean nothing: {obstacle}.");
            return Unusable;
        }

        var expected = new ExpectedResults(Path.Combine(Guests, "expected.txt"));
        var plan = MakePlan(expected.Names);

        // What the results are for is looked at before the minutes that measuring takes.
        switch (request.Action)
        {
            case CompareAction.Check:
                var baseline = Baseline.Read(BaselineFile);
                return Check(Measure(plan, expected), baseline);
            case CompareAction.StoreBaseline:
                WritableFile.Require(BaselineFile);
                return StoreBaseline(Measure(plan, expected));
            default:
                WritableFile.Require(ResultsFile);
                WritableFile.Require(Path.Combine(request.Output, Reports.Report.FileName));
                return Write(Measure(plan, expected));
        }
    }

    private ResultFile Measure(Plan plan, ExpectedResults expected)
    {
        var engines = FindEngines(plan);
        var files = new ProgramFiles(request.Built, request.Saved);
        var sizes = request.Sizes is null ? null : new ProgramFiles(request.Sizes, request.Saved);
        ResultFile Compare(IProgressView view) =>
            new Comparison(plan, engines, files, sizes, request.Host, view).Run(expected, CommandOf(plan));
        if (!console.Profile.Capabilities.Interactive || !console.Profile.Capabilities.Ansi)
        {
            return Compare(new LineView(Console.Out));
        }

        var view = new LiveView(console, plan.Workloads);
        return view.Watch(() => Compare(view));
    }

    private string CommandOf(Plan plan)
    {
        var words = new List<string> { "bench/compare.sh" };
        words.AddRange(plan.Mode switch
        {
            "quick" => ["--quick"],
            "check" => ["--check"],
            _ => Array.Empty<string>(),
        });
        words.AddRange(Repeat("--engines", request.Engines));
        words.AddRange(Repeat("--workloads", request.Workloads));
        words.AddRange(Repeat("--kinds", [.. request.Kinds.Select(kind => kind.ToString().ToLowerInvariant())]));
        words.AddRange(request.WithScale ? [] : ["--no-scale"]);
        words.AddRange(request.Rounds is { } rounds ? ["--rounds", $"{rounds}"] : []);
        words.AddRange(request.Seed != 1 ? ["--seed", $"{request.Seed}"] : []);
        words.AddRange(request.Adapters.SelectMany(file => new[] { "--adapter", file }));
        return string.Join(' ', words);
    }

    private static IEnumerable<string> Repeat(string option, IReadOnlyList<string> values) => values.Count == 0 ? [] : [option, .. values];

    private Plan MakePlan(IReadOnlyList<string> names)
    {
        RefuseUnknown("workload", request.Workloads, names);
        var plan = request.Action is CompareAction.Check or CompareAction.StoreBaseline ? Plans.Check(names)
            : request.IsQuick ? Plans.Quick(names)
            : Plans.Full(names);
        return plan with
        {
            Workloads = request.Workloads.Count == 0 ? plan.Workloads : [.. names.Where(request.Workloads.Contains)],
            Kinds = request.Kinds.Count == 0 ? plan.Kinds : request.Kinds.ToHashSet(),
            RoundsPerPass = request.Rounds ?? plan.RoundsPerPass,
            Seed = request.Seed,
            Sizes = request.WithScale ? plan.Sizes : [],
            InstanceCounts = request.WithScale ? plan.InstanceCounts : [],
            WarmUpRounds = request.WithScale ? plan.WarmUpRounds : 0,
        };
    }

    private EngineDefinition[] FindEngines(Plan? plan)
    {
        EngineDefinition[] all = [.. new BuiltInEngines(request.Host).Create(), .. request.Adapters.Select(AdapterFile.Read)];
        if (all.GroupBy(engine => engine.Id).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new ArgumentException($"Two engines are called {twice.Key}.");
        }

        RefuseUnknown("engine", request.Engines, [.. all.Select(engine => engine.Id)]);
        var wanted = request.Engines.Count != 0 ? request.Engines : plan?.Mode switch
        {
            "quick" => [.. Plans.QuickEngines, .. all.Where(engine => engine.IsAdapter).Select(engine => engine.Id)],
            "check" => Plans.CheckEngines,
            _ => [.. all.Select(engine => engine.Id)],
        };
        return [.. all.Where(engine => wanted.Contains(engine.Id))];
    }

    private static void RefuseUnknown(string what, IReadOnlyList<string> names, IReadOnlyList<string> known)
    {
        if (names.FirstOrDefault(name => !known.Contains(name)) is { } unknown)
        {
            throw new ArgumentException($"There is no {what} \"{unknown}\". There are: {string.Join(", ", known)}.");
        }
    }

    private int Write(ResultFile results)
    {
        if (!results.HasFigures)
        {
            Console.Error.WriteLine("Nothing was measured, and no file is written.");
            foreach (var engine in results.Engines.Where(engine => engine.Skipped.Length > 0))
            {
                Console.Error.WriteLine($"  {engine.Id}: {engine.Skipped}");
            }

            return Failure;
        }

        results.Write(ResultsFile);
        return Report(results);
    }

    private int Report(ResultFile results)
    {
        var withoutCharts = Reports.Report.Write(results, request.Output);
        if (withoutCharts.Length != 0)
        {
            Console.Error.WriteLine(withoutCharts);
        }

        Console.Out.WriteLine($"The report is {Path.Combine(request.Output, "report.md")}.");
        return Success;
    }

    /// <summary>Makes results the ones that the documentation shows.</summary>
    private int Publish(ResultFile results)
    {
        if (results.Settings.Mode != "full")
        {
            Console.Error.WriteLine("Only the results of a full run are published.");
            return Failure;
        }

        var folder = Path.Combine(Workload.FindRoot(), "bench", "results", "compare");
        Directory.CreateDirectory(folder);
        results.Write(Path.Combine(folder, "results.json"));
        var withoutCharts = Reports.Report.Write(results, folder);
        PublishedPage.Update(
            Path.Combine(Workload.FindRoot(), "docs", "benchmarks.md"), results, "../bench/results/compare", withoutCharts.Length == 0);
        console.WriteLine($"docs/benchmarks.md shows these results; they are in {folder}.");
        return Success;
    }

    private static int Check(ResultFile results, Baseline baseline)
    {
        var comparison = Baseline.Compare(results, baseline);
        comparison.WriteTo(Console.Out);
        return comparison.Verdict is Verdict.Worse or Verdict.NotMeasured ? Failure : Success;
    }

    private int StoreBaseline(ResultFile results)
    {
        Baseline.From(results).Write(BaselineFile);
        console.WriteLine($"The baseline is in {BaselineFile}.");
        return Success;
    }
}

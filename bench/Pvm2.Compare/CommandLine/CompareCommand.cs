using System.CommandLine;
using System.Globalization;
using Pvm2.Compare.Results;
using Pvm2.Measuring;

namespace Pvm2.Compare.CommandLine;

/// <summary>The options of the command, and what they mean together.</summary>
internal static class CompareCommand
{
    /// <summary>Makes the command.</summary>
    /// <param name="run">What does what is asked for, and gives the exit code.</param>
    public static RootCommand Create(Func<CompareRequest, int> run)
    {
        var quick = new Option<bool>("--quick") { Description = "The main engines in few rounds." };
        var check = new Option<bool>("--check") { Description = "Measure a small subset and compare it with bench/baseline.json." };
        var store = new Option<bool>("--store-baseline") { Description = "Measure that subset and make it bench/baseline.json." };
        var list = new Option<bool>("--list") { Description = "List the engines, and what each is measured for." };
        var report = File("--report", "Write the report of results.json again.");
        var publish = File("--publish", "Make results.json and its report those of bench/results/compare and docs/benchmarks.md.");
        var engines = Names("--engines", "ID", "Only these engines; see --list.");
        var workloads = Names("--workloads", "NAME", "Only these workloads.");
        var kinds = new Option<Kind[]>("--kinds")
        {
            HelpName = "KIND",
            Description = "Only these kinds of figure: compile, cold, steady, process.",
            AllowMultipleArgumentsPerToken = true,
        };
        var noScale = new Option<bool>("--no-scale") { Description = "Without program sizes, many instances and the warm-up of tiers." };
        var rounds = new Option<int?>("--rounds") { HelpName = "NUMBER", Description = "Samples of each figure in each pass." };
        rounds.Validators.Add(static result =>
        {
            if (!int.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture, out var number) || number is < 1 or > 10_000)
            {
                result.AddError("--rounds: a number from 1 to 10000.");
            }
        });
        var seed = new Option<int>("--seed") { HelpName = "NUMBER", Description = "Of the order of engines.", DefaultValueFactory = _ => 1 };
        var adapters = new Option<string[]>("--adapter") { HelpName = "FILE", Description = "A further engine: docs/engine-adapters.md." };
        var output = new Option<string>("--output", "-o")
        {
            HelpName = "FOLDER",
            Description = "Where results.json, report.md and charts go.",
            DefaultValueFactory = _ => Path.Combine(Workload.FindRoot(), "artifacts", "compare", "results"),
        };
        var host = Prepared("--host", "The program Pvm2.Compare.Host; the script builds it.");
        var built = new Option<string>("--built")
        {
            HelpName = "PATH",
            Description = "The folder of the workloads' programs.",
            DefaultValueFactory = _ => Path.Combine(Workload.FindRoot(), "bench", "guests", "built"),
        };
        var saved = Prepared("--saved", "The folder of saved guests; the script makes them.");
        var sizes = new Option<string?>("--sizes") { HelpName = "PATH", Description = "The folder of generated programs; the script makes them." };
        var command = new RootCommand("Compares engines that run untrusted code on the same ten workloads.")
        {
            quick, check, store, list, report, publish, engines, workloads, kinds, noScale, rounds, seed, adapters, output, host, built, saved, sizes,
        };
        command.Validators.Add(result =>
        {
            if (new Option[] { quick, check, store, list, report, publish }.Count(option => result.GetResult(option) is { Implicit: false }) > 1)
            {
                result.AddError("--quick, --check, --store-baseline, --list, --report and --publish exclude each other.");
            }
        });
        command.SetAction(result => run(new CompareRequest
        {
            Action = result.GetValue(check) ? CompareAction.Check
                : result.GetValue(store) ? CompareAction.StoreBaseline
                : result.GetValue(list) ? CompareAction.List
                : result.GetValue(report) is not null ? CompareAction.Report
                : result.GetValue(publish) is not null ? CompareAction.Publish
                : CompareAction.Measure,
            IsQuick = result.GetValue(quick),
            Engines = result.GetValue(engines) ?? [],
            Workloads = result.GetValue(workloads) ?? [],
            Kinds = result.GetValue(kinds) ?? [],
            WithScale = !result.GetValue(noScale),
            Rounds = result.GetValue(rounds),
            Seed = result.GetValue(seed),
            Adapters = result.GetValue(adapters) ?? [],
            Output = result.GetRequiredValue(output),
            Results = result.GetValue(report) ?? result.GetValue(publish),
            Host = result.GetRequiredValue(host),
            Built = result.GetRequiredValue(built),
            Saved = result.GetRequiredValue(saved),
            Sizes = result.GetValue(sizes),
        }));
        return command;
    }

    private static Option<string?> File(string name, string description) => new(name) { HelpName = "FILE", Description = description };

    private static Option<string[]> Names(string name, string help, string description) =>
        new(name) { HelpName = help, Description = description, AllowMultipleArgumentsPerToken = true };

    private static Option<string> Prepared(string name, string description) =>
        new(name) { HelpName = "PATH", Description = description, DefaultValueFactory = _ => string.Empty };
}

using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Security.Cryptography;
using Pvm2.Fuzz.Output;
using Pvm2.Fuzz.Running;
using Pvm2.Fuzz.Workers;
using Pvm2.TestKit;
using Pvm2.TestKit.Fuzzing;
using Pvm2.TestKit.Scenarios;
using Spectre.Console;

namespace Pvm2.Fuzz;

/// <summary>The command line.</summary>
internal sealed class FuzzCommand
{
    /// <summary>Makes the process a worker.</summary>
    internal const string WorkerOption = "--worker";

    /// <summary>Makes the process one that runs a guest from a file.</summary>
    internal const string ProbeOption = "--probe";

    /// <summary>Gives every tier every case.</summary>
    internal const string AllTiersOption = "--all-tiers";

    private readonly Option<ulong?> _seed = new("--seed")
    {
        Description = "What the cases are made of; a random number if omitted, which is shown.",
        CustomParser = ParseSeed,
    };

    private readonly Option<ulong> _first = new("--first") { Description = "The number of the first case, to go on where another run ended." };

    private readonly Option<TimeSpan?> _time = new("--time")
    {
        Description = "How long, such as 90s, 10m or 8h; without this and --blocks for ever.",
        CustomParser = ParseTime,
    };

    private readonly Option<long?> _blocks = new("--blocks")
    {
        Description = "How many basic blocks to generate, such as 500k or 24M.",
        CustomParser = ParseCount,
    };

    private readonly Option<int> _threads = new("--threads")
    {
        Description = "Worker processes; as many as there are processors if omitted.",
        DefaultValueFactory = _ => Environment.ProcessorCount,
    };

    private readonly Option<string?> _corpus = new("--corpus") { Description = "A folder with cases to run again at first; new ones are added." };
    private readonly Option<string?> _findings = new("--findings") { Description = "The folder for what is found; artifacts/fuzz/findings if omitted." };
    private readonly Option<bool> _regressions = new("--regressions") { Description = "Writes what is found where the scenario tests pick it up." };
    private readonly Option<string?> _json = new("--json") { Description = "A file for the summary." };
    private readonly Option<bool> _progress = new("--progress") { Description = "Lines every 30 s even where the output is a terminal." };
    private readonly Option<bool> _allTiers = new(AllTiersOption) { Description = "Every tier gets every case, the slow ones too." };
    private readonly Option<string?> _case = new("--case") { Description = "Runs one case, such as 0x00c0ffee00c0ffee or that with :VARIANT, and shows what it is." };
    private readonly Option<bool> _worker = new(WorkerOption) { Hidden = true };
    private readonly Option<string?> _probe = new(ProbeOption) { Hidden = true };

    /// <summary>Reads a command line and does what it says.</summary>
    internal static Task<int> RunAsync(string[] arguments)
    {
        var command = new FuzzCommand();
        var root = command.Create();
        var parsed = root.Parse(arguments);
        if (parsed.Errors.Count == 0)
        {
            return parsed.InvokeAsync();
        }

        foreach (var error in parsed.Errors)
        {
            Console.Error.WriteLine(error.Message);
        }

        return Task.FromResult(ExitCode.Usage);
    }

    private RootCommand Create()
    {
        var root = new RootCommand("Looks for differences between the tiers by random programs. Ends with 0 if there is none, 1 if there is one, 2 for a wrong command line.")
        {
            _seed, _first, _time, _blocks, _threads, _corpus, _findings, _regressions, _json, _progress, _allTiers, _case, _worker, _probe,
        };
        root.SetAction(InvokeAsync);
        return root;
    }

    private async Task<int> InvokeAsync(ParseResult result, CancellationToken cancellation)
    {
        if (result.GetValue(_worker))
        {
            return Worker.Run(Console.In, Console.Out, result.GetValue(_allTiers));
        }

        if (result.GetValue(_probe) is { } file)
        {
            return Probe.Run(file, Console.Out, result.GetValue(_allTiers));
        }

        if (result.GetValue(_case) is { } text)
        {
            if (CaseName.TryParse(text, out var name))
            {
                return SingleCase.Run(name, result.GetValue(_allTiers), Console.Out);
            }

            Console.Error.WriteLine($"'{text}' names no case.");
            return ExitCode.Usage;
        }

        var options = Options(result);
        if (FindUnusable(options) is { } problem)
        {
            Console.Error.WriteLine(problem);
            return ExitCode.Usage;
        }

        return await RunSessionAsync(options, result.GetValue(_progress), cancellation);
    }

    /// <summary>Says which place cannot be written to, before a long run would find out; null where all can.</summary>
    private static string? FindUnusable(FuzzOptions options)
    {
        try
        {
            foreach (var folder in new[] { options.Corpus, options.Findings }.OfType<string>())
            {
                Directory.CreateDirectory(folder);
            }

            if (options.Json is { } file)
            {
                File.WriteAllText(file, string.Empty);
            }

            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return exception.Message;
        }
    }

    private FuzzOptions Options(ParseResult result) => new()
    {
        Seed = result.GetValue(_seed) ?? BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong))),
        First = result.GetValue(_first),
        Time = result.GetValue(_time),
        Blocks = result.GetValue(_blocks),
        Threads = Math.Max(1, result.GetValue(_threads)),
        Corpus = result.GetValue(_corpus),
        Findings = result.GetValue(_regressions)
            ? Repository.PathOf(Path.Combine(ScenarioFile.Folder, ScenarioFile.FuzzedFolder))
            : result.GetValue(_findings) ?? Repository.PathOf(Path.Combine("artifacts", "fuzz", "findings")),
        Json = result.GetValue(_json),
        AllTiers = result.GetValue(_allTiers),
    };

    private static async Task<int> RunSessionAsync(FuzzOptions options, bool isPlain, CancellationToken cancellation)
    {
        Console.WriteLine($"seed {options.Seed}, {options.Threads} workers");
        FuzzTotals? totals = null;
        if (isPlain || !AnsiConsole.Profile.Capabilities.Interactive || Console.IsOutputRedirected)
        {
            using var session = new FuzzSession(options, new PlainDisplay(Console.Out, options));
            totals = await session.RunAsync(cancellation);
        }
        else
        {
            await AnsiConsole.Live(new Text("starting")).StartAsync(async context =>
            {
                using var session = new FuzzSession(options, new TerminalDisplay(context, AnsiConsole.Console, options));
                totals = await session.RunAsync(cancellation);
            });
        }

        Summary.Write(Console.Out, totals!);
        if (options.Json is { } file)
        {
            await File.WriteAllTextAsync(file, totals!.ToJson() + "\n", CancellationToken.None);
        }

        return totals!.Findings.Count == 0 ? ExitCode.Agreement : ExitCode.Difference;
    }

    private static ulong? ParseSeed(ArgumentResult result)
    {
        if (CaseName.TryParseSeed(result.Tokens[0].Value, out var seed))
        {
            return seed;
        }

        result.AddError($"'{result.Tokens[0].Value}' is no seed.");
        return null;
    }

    private static TimeSpan? ParseTime(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        var unit = text.Length == 0 ? ' ' : text[^1];
        if (double.TryParse(text.AsSpan(0, Math.Max(0, text.Length - 1)), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
        {
            switch (unit)
            {
                case 's':
                    return TimeSpan.FromSeconds(number);
                case 'm':
                    return TimeSpan.FromMinutes(number);
                case 'h':
                    return TimeSpan.FromHours(number);
            }
        }

        result.AddError($"'{text}' is no time such as 90s, 10m or 8h.");
        return null;
    }

    private static long? ParseCount(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        var factor = text.Length == 0 ? 1 : text[^1] switch { 'k' => 1_000, 'M' => 1_000_000, _ => 1 };
        var digits = factor == 1 ? text : text[..^1];
        if (long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return number * factor;
        }

        result.AddError($"'{text}' is no number such as 500k or 24M.");
        return null;
    }
}

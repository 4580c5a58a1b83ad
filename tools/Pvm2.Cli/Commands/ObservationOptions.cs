using System.CommandLine;
using System.CommandLine.Parsing;
using Pvm2.Cli.Observing;
using Pvm2.Cli.Options;
using Pvm2.Cli.Output;
using Pvm2.Cli.Running;
using Pvm2.Runtime.Gas;

namespace Pvm2.Cli.Commands;

/// <summary>The options of <c>run</c> that watch the guest.</summary>
internal sealed class ObservationOptions
{
    /// <summary>The option of the trace.</summary>
    public const string Trace = "--trace";

    /// <summary>The option of the gas profile, by the name that it shares with no other.</summary>
    public const string GasProfile = "--gas-profile";

    /// <summary>Stands for the terminal where a file may be named.</summary>
    public const string Standard = "-";

    private readonly Option<bool> _stats = new("--stats") { Description = "Tell times, code and host calls too." };
    private readonly Option<string?> _trace = new(Trace)
    {
        HelpName = "FILE",
        Description = "Write a line for each block that is entered; without =FILE to standard error.",
    };

    private readonly Option<ulong?> _traceBlocks = ValueOption.Create<ulong>(
        "--trace-blocks", "N", "The most blocks to trace.", NumberText.TryParseAmount);

    private readonly Option<ulong?> _traceFrom = ValueOption.Create<ulong>(
        "--trace-from", "GAS", "Trace only once so much gas has been used.", NumberText.TryParseAmount);

    private readonly Option<string?> _profile = new(GasProfile)
    {
        HelpName = "FILE",
        Description = "Tell which functions use the gas; also written --profile[=FILE]. "
            + "=FILE is a flame graph (.svg), collapsed stacks (.folded) or for speedscope (.json).",
    };

    /// <summary>Adds the options and the rules between them to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="tier">Its option of the tier.</param>
    /// <param name="gasModel">Its option of the gas model.</param>
    /// <param name="perfMap">Its option of the perf map.</param>
    public void AddTo(Command command, Option<string?> tier, Option<GasModel> gasModel, Option<bool> perfMap)
    {
        foreach (var option in (Option[])[_stats, _trace, _traceBlocks, _traceFrom, _profile])
        {
            command.Options.Add(option);
        }

        command.Validators.Add(result => CheckTier(result, ValueOption.WordOf(result, tier), result.GetValue(perfMap)));
        command.Validators.Add(result => CheckTrace(result, IsUnmetered(result, gasModel)));
        command.Validators.Add(result => CheckProfile(result, IsUnmetered(result, gasModel)));
    }

    /// <summary>The request of a command line without errors.</summary>
    public ObservationRequest Read(ParseResult result) => new()
    {
        Stats = result.GetValue(_stats),
        Trace = result.GetValue(_trace),
        TraceBlocks = result.GetValue(_traceBlocks) ?? ulong.MaxValue,
        TraceFrom = result.GetValue(_traceFrom) ?? 0,
        Profile = result.GetValue(_profile),
    };

    private void CheckTier(CommandResult result, string tier, bool hasPerfMap)
    {
        if (ObservingOption(result) is not { } name)
        {
            return;
        }

        if (tier is not (TierCatalog.Automatic or TierCatalog.Interpreter) && TierCatalog.Names.Contains(tier))
        {
            result.AddError($"{name} runs the guest block by block on the interpreter, not on the tier {tier}.");
        }
        else if (hasPerfMap)
        {
            result.AddError($"{name} and --perf-map exclude each other.");
        }
    }

    private void CheckTrace(CommandResult result, bool isUnmetered)
    {
        foreach (var option in (Option[])[_traceBlocks, _traceFrom])
        {
            if (result.GetResult(option) is not null && result.GetResult(_trace) is null)
            {
                result.AddError($"{option.Name} is for {Trace}.");
            }
        }

        if (result.GetResult(_traceFrom) is not null && isUnmetered)
        {
            result.AddError("--trace-from counts gas, and --gas-model none has none.");
        }
    }

    private void CheckProfile(CommandResult result, bool isUnmetered)
    {
        if (result.GetValue(_profile) is not { } file)
        {
            return;
        }

        if (isUnmetered)
        {
            result.AddError("--profile counts gas, and --gas-model none has none.");
        }

        if (file != Standard && file == result.GetValue(_trace))
        {
            result.AddError($"--trace and --profile cannot both go to '{file}'.");
        }

        if (file != Standard && !ProfileFile.IsKnown(file))
        {
            result.AddError($"--profile: '{file}' does not end in {ProfileFile.KnownEndings}.");
        }
    }

    private static bool IsUnmetered(CommandResult result, Option<GasModel> gasModel) =>
        ValueOption.WordOf(result, gasModel) == GasModel.None.Word();

    private string? ObservingOption(CommandResult result) =>
        result.GetResult(_trace) is not null ? Trace : result.GetResult(_profile) is not null ? "--profile" : null;
}

using System.CommandLine;
using Pvm2.Cli.Options;
using Pvm2.Cli.Running;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Isa;

namespace Pvm2.Cli.Commands;

/// <summary>What <c>pvm2 run</c> takes, and how a command line becomes a request.</summary>
/// <param name="file">The file to run.</param>
internal sealed class RunOptions(Argument<string> file)
{
    private readonly SnapshotOptions _snapshot = new();
    private readonly Option<string?> _tier = ValueOption.CreateChoice(
        "--tier", "What runs the guest. [default: auto]", [.. TierCatalog.Names.Select(name => (name, name))]);

    private readonly Option<ulong?> _gas = ValueOption.Create<ulong>(
        "--gas", "N", "The gas the guest may use. [default: as much as 64 bits hold]", NumberText.TryParseAmount);

    private readonly Option<GasModel> _gasModel = CommonOptions.GasModel();
    private readonly Option<string?> _entry = new("--entry")
    {
        HelpName = "NAME",
        Description = "The entry point. [default: the program's default one]",
    };

    private readonly Option<ulong[]> _arguments = ValueOption.CreateMany<ulong>(
        "--arg",
        "N",
        "An argument, in a0 and on to a5; repeat it for more. Decimal or 0x hex, may be negative.",
        NumberText.TryParseWord);

    private readonly Option<bool> _stdin = new("--stdin") { Description = "Let the guest read standard input." };
    private readonly Option<string?> _input = new("--input")
    {
        HelpName = "FILE",
        Description = "Let the guest read a file.",
    };

    private readonly Option<ulong?> _maxMemory = ValueOption.Create<ulong>(
        "--max-memory", "SIZE", "The most memory that the program may declare. [default: 1GiB]", NumberText.TryParseSize);

    private readonly Option<Profile?> _profile = CommonOptions.Profile();
    private readonly Option<bool> _json =
        CommonOptions.Json("Print one JSON document, which also holds what the guest printed.");

    private readonly Option<bool> _quiet = new("--quiet", "-q")
    {
        Description = "Print nothing but what the guest prints; where it fails, the report on standard error.",
    };

    private readonly Option<bool> _exitWithResult = new("--exit-with-result")
    {
        Description = "If the guest halts, exit with the low 8 bits of its result.",
    };

    private readonly Option<bool> _perfMap = new("--perf-map")
    {
        Description = "Name the machine code in /tmp/perf-PID.map, for Linux's perf. It implies --tier native.",
    };

    private readonly ObservationOptions _observation = new();

    /// <summary>Adds the options and the rules between them to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_gas, _gasModel, _entry, _arguments, _profile])
        {
            command.Options.Add(option);
        }

        AddSharedTo(command);
        _arguments.Validators.Add(result =>
        {
            if (result.Tokens.Count > Instance.MaxArguments)
            {
                result.AddError($"--arg: at most {Instance.MaxArguments} arguments fit into the registers a0 to a5.");
            }
        });
    }

    /// <summary>Adds what also makes sense for a run that was started before.</summary>
    public void AddSharedTo(Command command)
    {
        command.Arguments.Add(file);
        foreach (var option in (Option[])[_tier, _stdin, _input, _maxMemory, _json, _quiet, _exitWithResult, _perfMap])
        {
            command.Options.Add(option);
        }

        _snapshot.AddTo(command);
        _observation.AddTo(command, _tier, _gasModel, _perfMap);
        command.Validators.Add(result =>
        {
            if (result.GetValue(_stdin) && result.GetResult(_input) is not null)
            {
                result.AddError("--stdin and --input exclude each other.");
            }

            if (result.GetValue(_perfMap) && (result.GetValue(_tier) ?? TierCatalog.Native) != TierCatalog.Native)
            {
                result.AddError("--perf-map is for the native tier, the one that has machine code.");
            }
        });
    }

    /// <summary>The request of a command line without errors.</summary>
    public RunRequest Read(ParseResult result) => new()
    {
        File = result.GetRequiredValue(file),
        Tier = result.GetValue(_tier) ?? (result.GetValue(_perfMap) ? TierCatalog.Native : TierCatalog.Automatic),
        WritesPerfMap = result.GetValue(_perfMap),
        Gas = result.GetValue(_gas),
        GasModel = result.GetValue(_gasModel),
        Entry = result.GetValue(_entry),
        Arguments = result.GetValue(_arguments) ?? [],
        ReadsStandardInput = result.GetValue(_stdin),
        InputFile = result.GetValue(_input),
        MaxMemory = result.GetValue(_maxMemory) ?? InstanceOptions.DefaultMaxMemory,
        Profile = result.GetValue(_profile),
        Json = result.GetValue(_json),
        Quiet = result.GetValue(_quiet),
        ExitWithResult = result.GetValue(_exitWithResult),
        Snapshot = _snapshot.Read(result),
        Observation = _observation.Read(result),
    };
}

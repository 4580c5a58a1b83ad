using System.CommandLine;
using Pvm2.Cli.Options;
using Pvm2.Cli.Output;
using Pvm2.Cli.Running;
using Pvm2.Runtime.Execution;

namespace Pvm2.Cli.Commands;

/// <summary><c>pvm2 run</c>.</summary>
internal static class RunCommand
{
    private const int MaxArguments = Instance.MaxArguments;

    /// <summary>Makes the command.</summary>
    public static DocumentedCommand Create(CommandOutput output)
    {
        var file = CommonOptions.Program();
        var tier = ValueOption.CreateChoice(
            "--tier", "What runs the guest. [default: auto]", [.. TierCatalog.Names.Select(name => (name, name))]);
        var gas = ValueOption.Create<ulong>(
            "--gas", "N", "The gas the guest may use. [default: as much as 64 bits hold]", NumberText.TryParseAmount);
        var gasModel = CommonOptions.GasModel();
        var entry = new Option<string?>("--entry") { HelpName = "NAME", Description = "The entry point. [default: the program's default one]" };
        var arguments = ValueOption.CreateMany<ulong>(
            "--arg", "N", "An argument, in a0 and on to a5; repeat it for more. Decimal or 0x hex, may be negative.", NumberText.TryParseWord);
        arguments.Validators.Add(result =>
        {
            if (result.Tokens.Count > MaxArguments)
            {
                result.AddError($"--arg: at most {MaxArguments} arguments fit into the registers a0 to a5.");
            }
        });
        var stdin = new Option<bool>("--stdin") { Description = "Let the guest read standard input." };
        var input = new Option<string?>("--input") { HelpName = "FILE", Description = "Let the guest read a file." };
        var maxMemory = ValueOption.Create<ulong>(
            "--max-memory", "SIZE", "The most memory that the program may declare. [default: 1GiB]", NumberText.TryParseSize);
        var profile = CommonOptions.Profile();
        var json = CommonOptions.Json("Print one JSON document, which also holds what the guest printed.");
        var quiet = new Option<bool>("--quiet", "-q") { Description = "Print nothing but what the guest prints; where it fails, the report on standard error." };
        var exitWithResult = new Option<bool>("--exit-with-result") { Description = "If the guest halts, exit with the low 8 bits of its result." };

        var command = new Command("run", "Run a program: a .pvm2 container, an ELF (linked first) or assembly text (.s).")
        {
            file, tier, gas, gasModel, entry, arguments, stdin, input, maxMemory, profile, json, quiet, exitWithResult,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(stdin) && result.GetResult(input) is not null)
            {
                result.AddError("--stdin and --input exclude each other.");
            }
        });
        command.SetAction(result => (int)RunExecution.Run(
            new RunRequest
            {
                File = result.GetRequiredValue(file),
                Tier = result.GetValue(tier) ?? TierCatalog.Automatic,
                Gas = result.GetValue(gas),
                GasModel = result.GetValue(gasModel),
                Entry = result.GetValue(entry),
                Arguments = result.GetValue(arguments) ?? [],
                ReadsStandardInput = result.GetValue(stdin),
                InputFile = result.GetValue(input),
                MaxMemory = result.GetValue(maxMemory) ?? InstanceOptions.DefaultMaxMemory,
                Profile = result.GetValue(profile),
                Json = result.GetValue(json),
                Quiet = result.GetValue(quiet),
                ExitWithResult = result.GetValue(exitWithResult),
            },
            output));
        return new DocumentedCommand(
            command,
            "pvm2 run keccak.pvm2",
            "pvm2 run keccak.pvm2 --gas 1000000 --json",
            "pvm2 run exports.elf --profile xjar --entry add --arg 2 --arg -0x10",
            "echo hello | pvm2 run echo.pvm2 --stdin --quiet");
    }
}

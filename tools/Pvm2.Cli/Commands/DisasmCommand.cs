using System.CommandLine;
using Pvm2.Cli.Input;
using Pvm2.Cli.Listing;
using Pvm2.Cli.Options;
using Pvm2.Cli.Output;
using Pvm2.Cli.Running;
using Pvm2.Runtime.Text;

namespace Pvm2.Cli.Commands;

/// <summary><c>pvm2 disasm</c>.</summary>
internal static class DisasmCommand
{
    /// <summary>Makes the command.</summary>
    public static DocumentedCommand Create(CommandOutput output)
    {
        var file = CommonOptions.Program();
        var profile = CommonOptions.Profile();
        var noAliases = new Option<bool>("--no-aliases") { Description = "Write no pseudo-instructions, and compressed instructions as such." };
        var gasModel = CommonOptions.GasModel();
        var native = new Option<bool>("--native")
        {
            Description = "Show after each instruction the machine code that the native tier makes of it.",
        };
        var command = new Command("disasm", "Write a program as assembly text, with its blocks and their gas.")
        {
            file, profile, noAliases, gasModel, native,
        };
        command.SetAction(result =>
        {
            if (!ProgramSource.TryRead(
                    result.GetRequiredValue(file), result.GetValue(profile), out var source, out var failure))
            {
                return (int)FailurePrinter.Print(output, failure, json: false);
            }

            var options = new DisassemblyOptions
            {
                UseAliases = !result.GetValue(noAliases),
                GasModel = result.GetValue(gasModel),
            };
            return (int)(result.GetValue(native)
                ? WriteWithMachineCode(source, options, output)
                : Write(source, options, output));
        });
        return new DocumentedCommand(
            command,
            "pvm2 disasm keccak.pvm2",
            "pvm2 disasm keccak.elf --profile xjar --no-aliases --gas-model flat",
            "pvm2 disasm keccak.pvm2 --native");
    }

    /// <summary>Writes a program; one that breaks a rule is what one wants to look at most, so it is listed all the same.</summary>
    private static ExitCode Write(SourceProgram source, DisassemblyOptions options, CommandOutput output)
    {
        Disassembler.Write(output.Text, source.Program, options);
        return ModuleSource.TryLoad(source, out _, out var failure)
            ? ExitCode.Success
            : FailurePrinter.Print(output, failure, json: false);
    }

    private static ExitCode WriteWithMachineCode(SourceProgram source, DisassemblyOptions options, CommandOutput output)
    {
        if (!ModuleSource.TryLoad(source, out var module, out var failure)
            || !TierCatalog.TryFindNative(out var tier, out failure))
        {
            return FailurePrinter.Print(output, failure, json: false);
        }

        var listing = new MachineListing(module, tier.Inspect(module, options.GasModel), options.GasModel);
        Disassembler.Write(output.Text, source.Program, options with { NotesAfter = listing.After });
        listing.WriteRest(output.Text);
        return ExitCode.Success;
    }
}

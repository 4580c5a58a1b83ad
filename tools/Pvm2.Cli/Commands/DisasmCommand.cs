using System.CommandLine;
using Pvm2.Cli.Input;
using Pvm2.Cli.Options;
using Pvm2.Cli.Output;
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
        var command = new Command("disasm", "Write a program as assembly text, with its blocks and their gas.")
        {
            file, profile, noAliases, gasModel,
        };
        command.SetAction(result =>
        {
            if (!ProgramSource.TryRead(
                    result.GetRequiredValue(file), result.GetValue(profile), out var source, out var failure))
            {
                return (int)FailurePrinter.Print(output, failure, json: false);
            }

            // A program that breaks a rule is what one wants to look at most, so it is listed all the same.
            var options = new DisassemblyOptions
            {
                UseAliases = !result.GetValue(noAliases),
                GasModel = result.GetValue(gasModel),
            };
            Disassembler.Write(output.Text, source.Program, options);
            return (int)(ModuleSource.TryLoad(source, out _, out failure)
                ? ExitCode.Success
                : FailurePrinter.Print(output, failure, json: false));
        });
        return new DocumentedCommand(
            command,
            "pvm2 disasm keccak.pvm2",
            "pvm2 disasm keccak.elf --profile xjar --no-aliases --gas-model flat");
    }
}

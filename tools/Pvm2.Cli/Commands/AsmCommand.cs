using System.CommandLine;
using Pvm2.Cli.Input;
using Pvm2.Cli.Options;
using Pvm2.Cli.Output;
using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Programs;
using Pvm2.Runtime.Text;

namespace Pvm2.Cli.Commands;

/// <summary><c>pvm2 asm</c>.</summary>
internal static class AsmCommand
{
    /// <summary>Makes the command.</summary>
    public static DocumentedCommand Create(CommandOutput output)
    {
        var file = CommonOptions.InputFile("The assembly text.");
        var target = CommonOptions.OutputFile();
        var profile = CommonOptions.Profile();
        var noCompress = CommonOptions.NoCompress();
        var command = new Command("asm", "Assemble text into a program.") { file, target, profile, noCompress };
        command.SetAction(result => (int)Run(
            result.GetRequiredValue(file),
            result.GetRequiredValue(target),
            new AssemblerOptions
            {
                Profile = result.GetValue(profile) ?? Profile.Static,
                Compress = !result.GetValue(noCompress),
            },
            output));
        return new DocumentedCommand(
            command,
            "pvm2 asm hello.s -o hello.pvm2",
            "pvm2 asm hello.s -o hello.pvm2 --profile xjar --no-compress");
    }

    private static ExitCode Run(string file, string target, AssemblerOptions options, CommandOutput output)
    {
        if (!BoundedFile.TryRead(file, out var text, out var failure)
            || !AssemblySource.TryAssemble(file, text.Span, options, out var program, out failure))
        {
            return FailurePrinter.Print(output, failure, json: false);
        }

        var container = ProgramWriter.Write(program);
        if (!BoundedFile.TryWrite(target, container, out failure))
        {
            return FailurePrinter.Print(output, failure, json: false);
        }

        WrittenProgram.Of(program, target, container).Report(output);
        return ExitCode.Success;
    }
}

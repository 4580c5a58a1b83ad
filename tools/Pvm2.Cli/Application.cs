using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Pvm2.Cli.Commands;
using Pvm2.Cli.Output;

namespace Pvm2.Cli;

/// <summary>The <c>pvm2</c> command: its parts, and what happens to errors that no command expects.</summary>
internal static class Application
{
    private static readonly ParserConfiguration Parsing = new()
    {
        EnablePosixBundling = false,
        ResponseFileTokenReplacer = null,
    };

    /// <summary>Runs one command line.</summary>
    /// <returns>What the process returns. No exception leaves this method.</returns>
    public static ExitCode Run(IReadOnlyList<string> arguments, CommandOutput output)
    {
        try
        {
            var code = Invoke(arguments, output);
            output.Flush();
            return code;
        }
        catch (Exception exception) when (StandardOutput.IsBrokenPipe(exception))
        {
            return ExitCode.InputOutput;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Report(output, ExitCode.InputOutput, exception.Message);
        }
        catch (Exception exception)
        {
            return Report(
                output,
                ExitCode.InternalError,
                $"internal error, a defect of pvm2: {exception.GetType().Name}: {exception.Message}");
        }
    }

    private static ExitCode Invoke(IReadOnlyList<string> arguments, CommandOutput output)
    {
        var result = CreateRoot(output).Parse(OptionalValues.Complete(arguments), Parsing);
        if (result.Action is ParseErrorAction)
        {
            return ReportUsage(output, result);
        }

        return (ExitCode)result.Invoke(new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
            Output = output.Text,
            Error = output.ErrorText,
        });
    }

    private static RootCommand CreateRoot(CommandOutput output)
    {
        var root = new RootCommand("Links, inspects and runs PVM2 programs: metered RISC-V guests.");
        root.Directives.Clear();
        var commands = CommandCatalog.Create(output);
        foreach (var command in commands)
        {
            root.Subcommands.Add(command.Command);
        }

        root.Options.OfType<HelpOption>().Single().Action = new HelpWithExamples(new HelpAction(), commands);
        root.Options.OfType<VersionOption>().Single().Action = new ShowVersion();
        root.SetAction(result =>
        {
            new HelpWithExamples(new HelpAction(), commands).Invoke(result);
            return (int)ExitCode.Usage;
        });
        return root;
    }

    private static ExitCode ReportUsage(CommandOutput output, ParseResult result)
    {
        foreach (var error in result.Errors)
        {
            FailurePrinter.WriteError(output, error.Message);
        }

        var command = result.CommandResult.Command is RootCommand ? "pvm2" : $"pvm2 {result.CommandResult.Command.Name}";
        output.ErrorText.WriteLine($"See '{command} --help'.");
        output.Flush();
        return ExitCode.Usage;
    }

    private static ExitCode Report(CommandOutput output, ExitCode code, string message)
    {
        try
        {
            FailurePrinter.WriteError(output, message);
            output.Flush();
        }
        catch (IOException)
        {
            // Nobody is left to tell: the streams themselves are what failed.
        }

        return code;
    }
}

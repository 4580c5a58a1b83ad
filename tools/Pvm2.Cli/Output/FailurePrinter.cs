namespace Pvm2.Cli.Output;

/// <summary>Tells people, and with <c>--json</c> programs too, why a command failed.</summary>
internal static class FailurePrinter
{
    private const int MaxDetails = 20;

    /// <summary>Prints a failure and gives the code that the process returns.</summary>
    public static ExitCode Print(CommandOutput output, CommandFailure failure, bool json)
    {
        if (json)
        {
            JsonOutput.Write(output, FailureDocument.Of(failure), DocumentContext.Default.FailureDocument);
        }

        output.Text.Flush();
        WriteError(output, failure.Message);
        foreach (var detail in failure.Details.Take(MaxDetails))
        {
            WriteDetail(output, failure, detail);
        }

        if (failure.Details.Count > MaxDetails)
        {
            output.ErrorText.WriteLine($"  … and {failure.Details.Count - MaxDetails} more");
        }

        return failure.Code;
    }

    /// <summary>Writes one message in the form that all errors have.</summary>
    public static void WriteError(CommandOutput output, string message) =>
        output.ErrorText.WriteLine($"{output.ErrorPalette.Bad("pvm2: error:")} {PrintableText.Of(message)}");

    private static void WriteDetail(CommandOutput output, CommandFailure failure, FailureDetail detail)
    {
        if (!failure.Message.EndsWith(detail.Message, StringComparison.Ordinal))
        {
            output.ErrorText.WriteLine($"  {PrintableText.Of(detail.Message)}");
        }

        if (detail.Advice is { } advice)
        {
            output.ErrorText.WriteLine($"    {output.ErrorPalette.Faint("advice:")} {PrintableText.Of(advice)}");
        }
    }
}

namespace Pvm2.Cli.Output;

/// <summary>What <c>--json</c> prints for a command that failed before it had a result.</summary>
/// <param name="ExitCode">The process's exit code.</param>
/// <param name="Error">The reason.</param>
internal sealed record FailureDocument(int ExitCode, ErrorDocument Error)
{
    /// <summary>Describes a failure.</summary>
    public static FailureDocument Of(CommandFailure failure) => new((int)failure.Code, ErrorDocument.Of(failure));
}

/// <summary>An error as JSON.</summary>
/// <param name="Kind">The name of the exit code, such as <c>invalidProgram</c>.</param>
/// <param name="Message">The reason in one line.</param>
/// <param name="Details">The single errors, where there are several or they have a place.</param>
internal sealed record ErrorDocument(string Kind, string Message, IReadOnlyList<FailureDetail> Details)
{
    /// <summary>Describes a failure.</summary>
    public static ErrorDocument Of(CommandFailure failure) =>
        new(failure.Code.Word(), failure.Message, failure.Details);
}

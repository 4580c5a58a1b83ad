namespace Pvm2.Cli;

/// <summary>Why a command could not do its work: a value that commands hand up to be printed once.</summary>
/// <param name="Code">What the process returns.</param>
/// <param name="Message">The whole reason in one line, for people.</param>
internal sealed record CommandFailure(ExitCode Code, string Message)
{
    /// <summary>The single errors behind <see cref="Message"/>; empty where the message says it all.</summary>
    public IReadOnlyList<FailureDetail> Details { get; init; } = [];
}

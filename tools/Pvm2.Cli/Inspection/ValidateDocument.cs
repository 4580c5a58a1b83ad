using Pvm2.Cli.Input;
using Pvm2.Cli.Output;
using Pvm2.Runtime.Execution;

namespace Pvm2.Cli.Inspection;

/// <summary>What <c>validate --json</c> prints of a program that could be looked at. See docs/cli.md.</summary>
internal sealed record ValidateDocument(
    string File, bool Valid, int ExitCode, string? Profile, string? Sha256, ErrorDocument? Error)
{
    /// <summary>Describes a valid program.</summary>
    public static ValidateDocument Of(SourceProgram source, Module module) =>
        new(source.Path, true, 0, module.Program.Profile.Word(), module.Hash.ToString(), null);

    /// <summary>Describes a file that is no valid program.</summary>
    public static ValidateDocument Of(string file, CommandFailure failure) =>
        new(file, false, (int)failure.Code, null, null, ErrorDocument.Of(failure));
}

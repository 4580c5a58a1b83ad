using System.Diagnostics.CodeAnalysis;
using Pvm2.Cli.Output;
using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Programs;

namespace Pvm2.Cli.Input;

/// <summary>Reads containers, and tells what is wrong with their bytes.</summary>
internal static class ContainerSource
{
    /// <summary>Reads the bytes of a container; the program is not validated yet.</summary>
    public static bool TryRead(
        string path,
        ReadOnlySpan<byte> bytes,
        Profile? profile,
        [NotNullWhen(true)] out GuestProgram? program,
        [NotNullWhen(false)] out CommandFailure? failure)
    {
        if (!ProgramReader.TryRead(bytes, out program, out var error))
        {
            failure = Describe(path, error);
            return false;
        }

        failure = profile is null || profile == program.Profile
            ? null
            : new CommandFailure(
                ExitCode.Usage,
                $"{path}: is a program of the {program.Profile.Word()} profile; "
                    + "--profile chooses one for ELF files and assembly text only");
        return failure is null;
    }

    /// <summary>Describes what is wrong with a program.</summary>
    public static CommandFailure Describe(string path, ProgramError error) =>
        new(ExitCode.InvalidProgram, $"{path}: {error}")
        {
            Details =
            [
                new FailureDetail(error.ToString())
                {
                    Section = error.Section.Word(),
                    Offset = error.Offset,
                    Bytes = Convert.ToHexStringLower(error.Bytes.Span),
                    Reason = error.Reason,
                },
            ],
        };
}

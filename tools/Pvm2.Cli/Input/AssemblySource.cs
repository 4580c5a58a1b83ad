using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Unicode;
using Pvm2.Runtime.Programs;
using Pvm2.Runtime.Text;

namespace Pvm2.Cli.Input;

/// <summary>Assembles text, and tells which lines are wrong.</summary>
internal static class AssemblySource
{
    /// <summary>Assembles the bytes of a text file.</summary>
    public static bool TryAssemble(
        string path,
        ReadOnlySpan<byte> bytes,
        AssemblerOptions options,
        [NotNullWhen(true)] out GuestProgram? program,
        [NotNullWhen(false)] out CommandFailure? failure)
    {
        program = null;
        if (!Utf8.IsValid(bytes))
        {
            failure = new CommandFailure(ExitCode.AssemblyError, $"{path}: is not UTF-8 text");
            return false;
        }

        var result = Assembler.Assemble(Encoding.UTF8.GetString(bytes), options);
        program = result.Program;
        failure = result.Succeeded ? null : Describe(path, result.Diagnostics);
        return result.Succeeded;
    }

    private static CommandFailure Describe(string path, IReadOnlyList<AssemblyDiagnostic> diagnostics)
    {
        var noun = diagnostics.Count == 1 ? "an error" : $"{diagnostics.Count} errors";
        return new CommandFailure(ExitCode.AssemblyError, $"{path}: cannot be assembled: {noun}")
        {
            Details =
            [
                .. diagnostics.Select(diagnostic => new FailureDetail($"{path}:{diagnostic}")
                {
                    Line = diagnostic.Line,
                    Column = diagnostic.Column,
                    Reason = diagnostic.Message,
                }),
            ],
        };
    }
}

using System.Diagnostics.CodeAnalysis;
using Pvm2.Linker;
using Pvm2.Linker.Output;
using Pvm2.Runtime.Programs;

namespace Pvm2.Cli.Input;

/// <summary>Links ELF files, and tells why one cannot be linked.</summary>
internal static class ElfSource
{
    /// <summary>Links the bytes of an ELF file.</summary>
    public static bool TryLink(
        string path,
        ReadOnlyMemory<byte> bytes,
        LinkOptions options,
        [NotNullWhen(true)] out GuestProgram? program,
        [NotNullWhen(true)] out LinkMap? map,
        [NotNullWhen(false)] out CommandFailure? failure)
    {
        var result = ElfLinker.Link(bytes, options);
        program = result.Program;
        map = result.Map;
        failure = result.Succeeded ? null : Describe(path, result.Errors);
        return result.Succeeded;
    }

    private static CommandFailure Describe(string path, IReadOnlyList<LinkError> errors)
    {
        var noun = errors.Count == 1 ? "an error" : $"{errors.Count} errors";
        return new CommandFailure(ExitCode.LinkError, $"{path}: cannot be linked: {noun}")
        {
            Details = [.. errors.Select(Describe)],
        };
    }

    private static FailureDetail Describe(LinkError error) => new((error with { Advice = string.Empty }).ToString())
    {
        Section = NullIfEmpty(error.Section),
        Offset = (long)error.Offset,
        Symbol = NullIfEmpty(error.Symbol),
        Instruction = NullIfEmpty(error.Instruction),
        Reason = error.Reason,
        Advice = NullIfEmpty(error.Advice),
    };

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}

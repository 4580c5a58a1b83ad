using Pvm2.Cli.Output;
using Pvm2.Runtime.Programs;

namespace Pvm2.Cli.Commands;

/// <summary>A container that a command has written; what <c>link --json</c> prints.</summary>
internal sealed record WrittenProgram(
    string File,
    int ExitCode,
    string Profile,
    string Sha256,
    int ContainerBytes,
    int CodeBytes,
    int Blocks,
    IReadOnlyList<string> EntryPoints,
    ErrorDocument? Error = null)
{
    /// <summary>Describes a program and its container.</summary>
    public static WrittenProgram Of(GuestProgram program, string file, ReadOnlySpan<byte> container) => new(
        file,
        0,
        program.Profile.Word(),
        ProgramHash.OfContainer(container).ToString(),
        container.Length,
        program.Code.Length,
        BasicBlockMap.Build(program.Code.Span, program.Profile).Count,
        [.. program.EntryPoints.Select(entry => entry.Name)]);

    /// <summary>Tells people what was written.</summary>
    public void Report(CommandOutput output)
    {
        var report = new ReportWriter(output.Text, output.OutputPalette);
        report.Line("wrote", $"{PrintableText.Of(File)}, {Figures.Count(ContainerBytes, "byte")}");
        report.Line(
            "program",
            $"{Profile} profile, {Figures.Count(CodeBytes, "byte")} of code in {Figures.Count(Blocks, "block")}");
        report.Line("entries", string.Join(", ", EntryPoints.Select(PrintableText.Of)));
        report.Line("sha256", Sha256);
    }
}

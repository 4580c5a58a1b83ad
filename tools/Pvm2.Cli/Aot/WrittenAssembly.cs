using Pvm2.Cli.Output;
using Pvm2.IlJit.Aot;
using Pvm2.Runtime.Execution;

namespace Pvm2.Cli.Aot;

/// <summary>An assembly that <c>aot</c> has written; what <c>aot --json</c> prints.</summary>
internal sealed record WrittenAssembly(
    string File,
    int ExitCode,
    string Profile,
    string Sha256,
    int AssemblyBytes,
    string Class,
    IReadOnlyList<string> GasModels,
    bool ReadyToRun,
    IReadOnlyList<string> EntryPoints,
    ErrorDocument? Error = null)
{
    /// <summary>Describes a module and its assembly.</summary>
    public static WrittenAssembly Of(Module module, string file, int size, GuestAssemblyOptions options) => new(
        file,
        0,
        module.Program.Profile.Word(),
        module.Hash.ToString(),
        size,
        options.Namespace.Length == 0 ? options.ClassName : $"{options.Namespace}.{options.ClassName}",
        [.. options.GasModels.Select(model => model.Word())],
        options.ForReadyToRun,
        [.. module.Program.EntryPoints.Select(entry => entry.Name)]);

    /// <summary>Tells people what was written.</summary>
    public void Report(CommandOutput output)
    {
        var report = new ReportWriter(output.Text, output.OutputPalette);
        report.Line("wrote", $"{PrintableText.Of(File)}, {Figures.Count(AssemblyBytes, "byte")}");
        report.Line("class", $"{Class}, {(ReadyToRun ? "compiled to machine code" : "compiled by .NET when it is used")}");
        report.Line("gas", string.Join(", ", GasModels));
        report.Line("entries", string.Join(", ", EntryPoints.Select(PrintableText.Of)));
        report.Line("sha256", Sha256);
    }
}

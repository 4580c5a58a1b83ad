using Pvm2.Cli.Output;
using Pvm2.Runtime.Diagnostics;

namespace Pvm2.Cli.Observing;

/// <summary>Tells people the statistics of a run.</summary>
internal static class StatisticsReport
{
    private const int NameWidth = 10;

    /// <summary>Writes the report.</summary>
    public static void Write(RunStatistics statistics, TextWriter writer, Palette palette)
    {
        var report = new ReportWriter(writer, palette);
        WriteTimes(statistics, report);
        var code = statistics.Code;
        report.Line(
            "compiled",
            $"{Figures.Count(code.Blocks)} of {Figures.Count(statistics.Blocks, "block")}, "
                + $"{Figures.Count(code.Instructions)} of {Figures.Count(statistics.Instructions, "instruction")}");
        if (code.Bytes != 0)
        {
            report.Line("code", $"{Figures.Count(code.Bytes, "byte")} of {Describe(code.Form)}");
        }

        if (statistics.Promotions is { } promotions)
        {
            report.Line("promoted", Figures.Count(promotions, "time"));
        }

        if (statistics.GasPerSecond is { } speed)
        {
            report.Line("speed", $"{Figures.Count((ulong)speed)} gas a second");
        }

        var touched = statistics.TouchedPages is { } pages ? $", {Figures.Count(pages, "page")} written to" : string.Empty;
        report.Line("memory", $"{Figures.Count(statistics.Memory)} bytes declared{touched}");
        WriteCalls(statistics.HostCalls, report);
    }

    private static void WriteTimes(RunStatistics statistics, ReportWriter report)
    {
        (string Name, TimeSpan? Time)[] times =
        [
            ("read", statistics.Read),
            ("load", statistics.Load),
            ("price", statistics.Price),
            ("compile", statistics.Compile),
            ("instance", statistics.Instance),
            ("run", statistics.Run),
        ];
        var label = "times";
        foreach (var (name, time) in times)
        {
            if (time is { } known)
            {
                report.Line(label, name.PadRight(NameWidth) + Figures.Duration(known));
                label = string.Empty;
            }
        }
    }

    private static void WriteCalls(HostCallCounts calls, ReportWriter report)
    {
        var label = "answered";
        foreach (var (selector, count) in calls.Selectors)
        {
            report.Line(label, $"ecalli {selector}".PadRight(NameWidth) + Figures.Count(count));
            label = string.Empty;
        }

        if (calls.ManagementCalls != 0)
        {
            report.Line(label, "ecall.jar".PadRight(NameWidth) + Figures.Count(calls.ManagementCalls));
        }
    }

    private static string Describe(CodeForm form) => form switch
    {
        CodeForm.Operations => "interpreter slots",
        CodeForm.IntermediateLanguage => "IL",
        CodeForm.MachineCode => "machine code",
        _ => "code",
    };
}

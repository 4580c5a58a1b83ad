using Pvm2.Cli.Inspection;
using Pvm2.Cli.Output;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Isa;

namespace Pvm2.Cli.Running;

/// <summary>Tells people how a run went: a few lines where it halted, the whole state where it did not.</summary>
internal static class RunReport
{
    private const int RegistersPerLine = 4;

    /// <summary>Writes the report.</summary>
    public static void Write(RunOutcome outcome, TextWriter writer, Palette palette)
    {
        var report = new ReportWriter(writer, palette);
        if (outcome.Result is { } result)
        {
            report.Line("result", $"{palette.Strong(Hex.Result(result))} ({result})");
        }

        WriteExit(outcome, report);
        WriteGas(outcome, report);
        if (outcome.Snapshot is { } snapshot)
        {
            report.Line(
                "snapshot",
                $"{PrintableText.Of(snapshot.File)}, {Figures.Count(snapshot.Bytes, "byte")} with {Figures.Count(snapshot.Pages, "page")}");
        }

        report.Line("time", $"{Figures.Duration(outcome.Elapsed)} on the {outcome.Tier} tier");
        var program = outcome.Source.Program;
        report.Line(
            "program",
            $"{program.Profile.Word()} profile, {Figures.Count(program.Code.Length, "byte")} of code in "
                + Figures.Count(outcome.Module.Blocks.Count, "block"));
        if (outcome.Exit.Reason != ExitReason.Halt)
        {
            WriteRegisters(outcome.Registers, report);
        }
    }

    private static void WriteExit(RunOutcome outcome, ReportWriter report)
    {
        var palette = report.Palette;
        var place = CodePlace.Describe(outcome.Module.Program, outcome.Exit.ProgramCounter);
        report.Line("exit", outcome.Exit.Reason switch
        {
            ExitReason.Halt => palette.Good("halt"),
            ExitReason.HostCall => $"{palette.Bad("unhandled host call")} {HostCallName(outcome.Exit)}, next {place}",
            ExitReason.OutOfGas => $"{palette.Caution("out of gas")} before {place}",
            ExitReason.PageFault => $"{palette.Bad("page fault")} at {place}",
            ExitReason.Panic => $"{palette.Bad("panic")} at {place}",
            ExitReason.Cancelled => $"{palette.Caution(outcome.ExitWord)} before {place}",
            _ => outcome.Exit.Reason.ToString(),
        });
        if (outcome.FaultAddress is { } address)
        {
            report.Line(string.Empty, $"no access to address {Hex.Address(address)}");
        }
    }

    private static void WriteGas(RunOutcome outcome, ReportWriter report)
    {
        if (outcome.GasUsed is not { } used)
        {
            report.Line("gas", "not metered");
            return;
        }

        var limit = outcome is { GasLimit: { } budget, GasLeft: { } left }
            ? $"of {Figures.Count(budget)}, {Figures.Count(left)} left"
            : "with no limit";
        report.Line("gas", $"{report.Palette.Strong(Figures.Count(used))} used {limit}, {outcome.GasModel.Word()} model");
        if (outcome.InstructionsRetired is { } retired)
        {
            report.Line("retired", Figures.Count(retired) + " instructions");
        }
    }

    private static void WriteRegisters(IReadOnlyList<ulong> registers, ReportWriter report)
    {
        for (var first = 0; first < registers.Count; first += RegistersPerLine)
        {
            var cells = Enumerable.Range(first, RegistersPerLine)
                .Select(register => $"{RegisterNames.AbiName(register),4} {Hex.Word(registers[register])}");
            report.Line(first == 0 ? "registers" : string.Empty, string.Join(' ', cells));
        }
    }

    private static string HostCallName(Exit exit) =>
        exit.Kind == HostCallKind.Management ? "ecall.jar" : $"ecalli {exit.Selector}";
}

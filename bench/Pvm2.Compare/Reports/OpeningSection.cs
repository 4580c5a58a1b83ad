using Pvm2.Compare.Results;
using Pvm2.Measuring;

namespace Pvm2.Compare.Reports;

/// <summary>Where, when and how figures were measured, and of which engines.</summary>
internal static class OpeningSection
{
    /// <summary>Writes the machine, the settings, the engines and the remarks.</summary>
    public static void Write(TextWriter output, ResultFile results)
    {
        WriteMachine(output, results);
        output.WriteLine("## Engines");
        output.WriteLine();
        WriteEngines(output, results);
        WriteSkipped(output, results);
        WriteRemarks(output, results);
    }

    /// <summary>Writes the machine and the settings as a list.</summary>
    public static void WriteMachine(TextWriter output, ResultFile results)
    {
        var machine = results.Machine;
        var settings = results.Settings;
        var load = machine.IsBusy ? ", more than it has cores (the builds just before it count)" : string.Empty;
        output.WriteLine($"- Measured {machine.Date} UTC, commit {machine.Commit}, in {TextTable.Figure(settings.Minutes, settings.Minutes < 10 ? 1 : 0)} minutes.");
        output.WriteLine($"- Machine: {machine.Processor}, {machine.Cores} cores, {machine.System}, {machine.Runtime}; load average before the start {machine.LoadAverage}{load}.");
        output.WriteLine($"- Command: `{settings.Command}`, plan `{settings.Mode}`, seed {settings.Seed}.");
        output.WriteLine($"- {settings.Rounds} rounds of {settings.SampleMilliseconds} ms a sample; {settings.ProcessRounds} rounds of processes.");
        output.WriteLine(settings.Pinned.Length == 0
            ? "- Steady runs were not bound to a processor."
            : $"- Steady runs were bound to {settings.Pinned}.");
        output.WriteLine($"- Figures are medians of the rounds. {DescribeIntervals("An interval", settings.Rounds)}");
        if (settings.ProcessRounds != settings.Rounds && results.Series.Any(series => series.Kind == Kind.Process))
        {
            output.WriteLine($"- {DescribeIntervals("That of a figure of processes", settings.ProcessRounds)}");
        }

        output.WriteLine();
    }

    private static string DescribeIntervals(string subject, int rounds)
    {
        var sample = MedianInterval.Of([.. Enumerable.Range(1, Math.Max(1, rounds)).Select(round => (double)round)]);
        var rank = MedianInterval.RankOf(Math.Max(1, rounds));
        var coverage = TextTable.Figure(100 * sample.Coverage, 1);
        var warning = sample.IsSure ? string.Empty : " That is less than 95 %: there were too few rounds for intervals that say much.";
        return $"{subject} goes from rank {rank} to rank {rounds + 1 - rank} of {rounds} samples in order, and holds the true median with {coverage} %.{warning}";
    }

    private static void WriteEngines(TextWriter output, ResultFile results)
    {
        var table = new TextTable("engine", "name", "version", "metering", "runs", "measured for") { Words = 6 };
        foreach (var engine in results.Engines.Where(engine => engine.Skipped.Length == 0))
        {
            var kinds = engine.Kinds.Where(kind => results.Series.Any(series => series.Engine == engine.Id && series.Kind == kind));
            var measured = string.Join(", ", kinds.Select(kind => KindText.Of(kind).Title.ToLowerInvariant()));
            table.Add($"`{engine.Id}`", engine.Title, engine.Version, engine.Metering, engine.Program, measured);
        }

        table.WriteTo(output);
        output.WriteLine();
    }

    private static void WriteSkipped(TextWriter output, ResultFile results)
    {
        var table = new TextTable("not measured", "why") { Words = 2 };
        foreach (var engine in results.Engines.Where(engine => engine.Skipped.Length > 0))
        {
            table.Add($"{engine.Title} (`{engine.Id}`)", engine.Skipped);
        }

        if (table.HasRows)
        {
            table.WriteTo(output);
            output.WriteLine();
        }
    }

    private static void WriteRemarks(TextWriter output, ResultFile results)
    {
        foreach (var remark in results.Remarks)
        {
            output.WriteLine($"- {remark.ReplaceLineEndings(" ")}");
        }

        if (results.Remarks.Count > 0)
        {
            output.WriteLine();
        }
    }
}

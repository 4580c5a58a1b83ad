using System.Globalization;
using Pvm2.Fuzz.Running;

namespace Pvm2.Fuzz.Output;

/// <summary>What stands at the end of a run.</summary>
internal static class Summary
{
    /// <summary>Writes it.</summary>
    internal static void Write(TextWriter output, FuzzTotals totals)
    {
        output.WriteLine();
        output.WriteLine(Text($"seed {totals.Seed}, {totals.Cases} cases ({totals.CorpusCases} of the corpus), next {totals.Next}, {ProgressText.Time(totals.Seconds)}"));
        output.WriteLine(Text($"{totals.Blocks:N0} blocks generated, {totals.BlocksExecuted:N0} executed, {totals.BlockExecutions:N0} times in all"));
        output.WriteLine(Text($"{totals.InstructionsExecuted:N0} instructions a tier in the first runs; {totals.Runs:N0} runs, {totals.Stops:N0} stops, {totals.Switches:N0} switches of tiers"));
        output.WriteLine("ends: " + string.Join(", ", totals.Ends.Select(end => Text($"{end.Key} {end.Value:N0}"))));
        foreach (var (name, tier) in totals.Tiers)
        {
            output.WriteLine(Text($"  {name,-16} {tier.Cases,12:N0} cases {tier.Blocks,14:N0} blocks {tier.BlocksExecuted,14:N0} executed"));
        }

        output.WriteLine(totals.Findings.Count == 0 ? "No difference." : Text($"{totals.Findings.Count} found:"));
        totals.Findings.ForEach(output.WriteLine);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

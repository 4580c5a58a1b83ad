using Pvm2.Measuring;

namespace Pvm2.Compare.Baselines;

/// <summary>Results held against a baseline.</summary>
/// <param name="Rows">One for each ratio, in the baseline's order.</param>
/// <param name="Remarks">What a reader must know, such as that the baseline is another machine's.</param>
public sealed record BaselineComparison(IReadOnlyList<BaselineRow> Rows, IReadOnlyList<string> Remarks)
{
    /// <summary>The verdict on everything: worse if any ratio is; else not measured if any is not; else better if any is; else the same.</summary>
    public Verdict Verdict => Rows.Count == 0
        ? Verdict.NotMeasured
        : Rows.Max(row => row.Verdict);

    /// <summary>Writes the rows as a table in Markdown, the remarks and the verdict.</summary>
    public void WriteTo(TextWriter output)
    {
        var table = new TextTable("ratio", "verdict", "stored", "now", "interval", "allowed") { Words = 2 };
        foreach (var row in Rows)
        {
            table.Add(
                row.Entry.Name,
                Describe(row.Verdict),
                TextTable.Figure(row.Entry.Ratio),
                TextTable.Figure(row.Now.Median),
                TextTable.Interval(row.Now),
                TextTable.Figure(row.Allowed));
        }

        table.WriteTo(output);
        output.WriteLine();
        foreach (var remark in Remarks)
        {
            output.WriteLine($"- {remark}");
        }

        output.WriteLine($"- Against the baseline: {Describe(Verdict)}.");
    }

    private static string Describe(Verdict verdict) => verdict switch
    {
        Verdict.Same => "same",
        Verdict.Better => "better",
        Verdict.Worse => "WORSE",
        _ => "not measured",
    };
}

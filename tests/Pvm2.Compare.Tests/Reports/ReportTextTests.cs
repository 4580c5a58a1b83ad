using Pvm2.Compare.Reports;
using Pvm2.Compare.Results;

namespace Pvm2.Compare.Tests.Reports;

/// <summary>What a report says.</summary>
public sealed class ReportTextTests
{
    private static readonly double[] Eight = [1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000];

    [Fact]
    public void Names_the_engines_that_were_skipped_and_why()
    {
        Assert.Contains("| libriscv (`libriscv`) | its command was not found; build it from its sources \\| and name it |", Full(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_mean_needs_all_workloads()
    {
        Assert.Contains("| native, pipeline |  0.100 |  0.0200 |    0.0447 |", Text(SampleResults.Of([100, 100], [20, 20])), StringComparison.Ordinal);
        Assert.Contains("| native, pipeline |  0.100 |\n", Text(SampleResults.Of([100, 100], [])), StringComparison.Ordinal);
    }

    [Fact]
    public void Too_few_rounds_are_pointed_out()
    {
        Assert.Contains("there were too few rounds", Text(SampleResults.Small()), StringComparison.Ordinal);
        Assert.DoesNotContain("there were too few rounds", Full(), StringComparison.Ordinal);
    }

    [Fact]
    public void Intervals_of_processes_have_ranks_of_their_own()
    {
        Assert.Contains("- That of a figure of processes goes from rank 2 to rank 8 of 9 samples", Full(), StringComparison.Ordinal);
        Assert.DoesNotContain("a figure of processes", Text(SampleResults.Small()), StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_not_measured_is_said()
    {
        var text = Text(SampleResults.Small());

        Assert.Equal(3, text.Split("| not measured |").Length - 1);
        Assert.Contains("## Steady\n\nAnother run in an instance that has run before, with its memory and its code warm.\n\nNot measured.\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("## Many instances", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(4.0, 4.0, "met", "met")]
    [InlineData(2.0, 2.0, "met", "MISSED")]
    [InlineData(0.5, 40.0, "MISSED", "met")]
    public void Bars_are_worked_out_from_the_ratios(double keccak, double blake2b, string everywhere, string mean)
    {
        var text = Text(WithPeer([.. Eight.Select(time => time * keccak)], [.. Eight.Select(time => time * blake2b)]));

        Assert.Matches($@"\| Cold: ahead in every workload +\| {everywhere} +\|", text);
        Assert.Matches($@"\| Cold: at least 3 times as fast, geometric mean +\| {mean} +\|", text);
        Assert.Matches(@"\| Steady: ahead, geometric mean +\| not measured +\|", text);
    }

    [Fact]
    public void A_workload_with_a_wide_interval_leaves_it_open_whether_all_are_ahead()
    {
        var text = Text(WithPeer([.. Eight.Select(time => 1.1 * time)], [2000, 2000, 2000, 2000, 2000, 900, 900, 900]));

        Assert.Matches(@"\| Cold: ahead in every workload +\| met, not surely +\| +1.10 \|", text);
    }

    [Fact]
    public void A_bar_within_the_interval_is_not_surely_met_or_missed()
    {
        var met = WithPeer([500, 500, 1100, 1100, 1100, 1100, 1100, 1100], [.. Eight.Select(time => 9 * time)]);
        var missed = WithPeer([500, 500, 900, 900, 900, 900, 1100, 1100], [.. Eight.Select(time => 9 * time)]);

        Assert.Matches(@"\| Cold: ahead in every workload +\| met, not surely +\| +1.10 \| +0.500–1.10 \|", Text(met));
        Assert.Matches(@"\| Cold: ahead in every workload +\| MISSED, not surely +\| +0.900 \| +0.500–1.10 \|", Text(missed));
    }

    [Fact]
    public void The_cost_of_gas_is_held_against_the_same_tier_without()
    {
        var flat = Full().Split("| × of no gas")[1].Split("\n\n")[0];

        Assert.Equal(8, flat.Split('\n').Skip(2).Count());
        Assert.DoesNotContain("none |", flat, StringComparison.Ordinal);
    }

    /// <summary>Times that are 3 · bytes² grow with the exponent 2.</summary>
    [Fact]
    public void The_exponent_of_compile_time_is_fitted()
    {
        var results = SampleResults.Small() with
        {
            Compiling = [.. ((long[])[10, 100, 1000]).Select(bytes => new CompilePoint("native/pipeline", $"mix {bytes}", bytes, [3.0 * bytes * bytes], []))],
        };

        Assert.Contains("| native, pipeline |     2.00 | 2.00–2.00 | 0.0 |", Text(results), StringComparison.Ordinal);
    }

    [Fact]
    public void A_form_of_a_tier_that_has_nothing_but_a_warm_up_is_called_by_its_id()
    {
        Assert.Contains("| auto-promoting/pipeline |", Full(), StringComparison.Ordinal);
    }

    [Fact]
    public void Failures_of_instances_are_told()
    {
        Assert.Contains("- `il/pipeline`, 10000 instances: out of memory", Full(), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_font_the_report_says_why_it_has_no_charts()
    {
        var text = Report.Compose(SampleResults.Full(), false);

        Assert.Contains("fonts-dejavu-core", text, StringComparison.Ordinal);
        Assert.DoesNotContain(".png", text, StringComparison.Ordinal);
    }

    private static ResultFile WithPeer(double[] keccak, double[] blake2b)
    {
        var results = SampleResults.Of(Eight, Eight);
        return results with
        {
            Engines = [.. results.Engines, new("wasmtime/fuel", "Wasmtime, fuel", "wasmtime", "50", "wasm", "fuel", [Kind.Cold], string.Empty)],
            Series = [.. results.Series, new(Kind.Cold, "wasmtime/fuel", "keccak", 1, keccak), new(Kind.Cold, "wasmtime/fuel", "blake2b", 1, blake2b)],
        };
    }

    private static string Full() => Text(SampleResults.Full());

    private static string Text(ResultFile results) => Report.Compose(results, true);
}

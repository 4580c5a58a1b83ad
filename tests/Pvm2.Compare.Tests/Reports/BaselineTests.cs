using Pvm2.Compare.Baselines;
using Pvm2.Compare.Engines;
using Pvm2.Compare.Measuring;
using Pvm2.Compare.Results;

namespace Pvm2.Compare.Tests.Reports;

/// <summary>Results against a baseline.</summary>
public sealed class BaselineTests
{
    private static readonly double[] Tens = [10, 10, 10, 10, 10, 10, 10, 10];

    /// <summary>The stored ratio is 2 with a tolerance of a quarter: 2.5 is allowed, less than 1.6 is better.</summary>
    [Theory]
    [InlineData(20, 20, Verdict.Same)]
    [InlineData(25, 30, Verdict.Same)]
    [InlineData(26, 30, Verdict.Worse)]
    [InlineData(15, 15.9, Verdict.Better)]
    [InlineData(15, 16.1, Verdict.Same)]
    public void Only_an_interval_that_lies_wholly_outside_is_a_change(double low, double high, Verdict expected)
    {
        var middle = (low + high) / 2;
        double[] keccak = [low, low, middle, middle, middle, middle, high, high];

        var comparison = Baseline.Compare(SampleResults.Of(keccak, Tens), TwoToOne());

        Assert.Equal(expected, comparison.Rows.Single().Verdict);
        Assert.Equal(expected, comparison.Verdict);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    public void What_was_not_measured_often_enough_is_not_taken_for_well(int rounds)
    {
        var comparison = Baseline.Compare(SampleResults.Of([.. Tens.Take(rounds)], Tens), TwoToOne());

        Assert.Equal(Verdict.NotMeasured, comparison.Verdict);
        Assert.Contains("- Against the baseline: not measured.", Text(comparison), StringComparison.Ordinal);
    }

    [Fact]
    public void One_ratio_that_is_worse_is_the_verdict_whatever_else_is_missing_or_better()
    {
        var entry = TwoToOne().Entries.Single();
        var missing = entry with { Name = "missing", Above = entry.Above with { Engine = "none" } };
        var better = entry with { Name = "better", Ratio = 100 };
        var worse = entry with { Name = "worse", Ratio = 0.1 };
        var results = SampleResults.Of([.. Tens.Select(time => 2 * time)], Tens);

        Verdict VerdictOn(params BaselineEntry[] entries) => Baseline.Compare(results, new(results.Machine, entries)).Verdict;

        Assert.Equal(Verdict.Worse, VerdictOn(worse, missing, better, entry));
        Assert.Equal(Verdict.NotMeasured, VerdictOn(missing, better, entry));
        Assert.Equal(Verdict.Better, VerdictOn(better, entry));
        Assert.Equal(Verdict.Same, VerdictOn(entry));
        Assert.Equal(Verdict.NotMeasured, VerdictOn());
    }

    [Fact]
    public void Results_are_the_same_as_the_baseline_that_is_made_of_them()
    {
        var results = SampleResults.Full();
        var comparison = Baseline.Compare(results, Baseline.From(results));

        Assert.All(comparison.Rows, row => Assert.Equal((Verdict.Same, row.Entry.Ratio), (row.Verdict, row.Now.Median)));
        Assert.Equal(11, comparison.Rows.Count);
        Assert.Empty(comparison.Remarks);
    }

    [Fact]
    public void The_plan_for_checking_measures_all_that_a_baseline_holds()
    {
        var results = SampleResults.Full();
        var plan = Plans.Check(results.Workloads);
        BaselineOperand[] operands = [.. Baseline.From(results).Entries.SelectMany(entry => (BaselineOperand[])[entry.Above, entry.Below])];

        Assert.All(operands, operand => Assert.Contains(operand.Workload, plan.Workloads));
        Assert.All(operands, operand => Assert.Contains(operand.Kind, plan.Kinds));
        Assert.All(operands, operand => Assert.Contains(operand.Engine, Plans.CheckEngines));
        Assert.Contains(operands, operand => operand.Engine == BuiltInEngines.BareMetal);
    }

    [Fact]
    public void No_baseline_is_made_of_results_that_lack_a_ratio()
    {
        var results = SampleResults.Full();

        Assert.Throws<InvalidDataException>(() => Baseline.From(SampleResults.Small()));
        Assert.Throws<InvalidDataException>(() => Baseline.From(results with { Series = [.. results.Series.Where(series => series.Engine != "il/pipeline")] }));
    }

    [Fact]
    public void A_file_that_is_read_again_is_the_same()
    {
        var path = Path.GetTempFileName();
        var baseline = Baseline.From(SampleResults.Full());
        baseline.Write(path);

        var again = Baseline.Read(path);

        File.Delete(path);
        Assert.Equal(baseline.Machine, again.Machine);
        Assert.Equal(baseline.Entries, again.Entries);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[1]")]
    public void A_file_that_is_no_baseline_is_refused(string text)
    {
        var path = Path.GetTempFileName();
        File.WriteAllText(path, text);

        Assert.Throws<InvalidDataException>(() => Baseline.Read(path));
        File.Delete(path);
    }

    [Fact]
    public void Another_processor_is_remarked_on()
    {
        var results = SampleResults.Of(Tens, Tens);
        var elsewhere = TwoToOne() with { Machine = results.Machine with { Processor = "Another" } };

        Assert.Contains("another processor, Another", Text(Baseline.Compare(results, elsewhere)), StringComparison.Ordinal);
    }

    private static Baseline TwoToOne() => new(
        SampleResults.Small().Machine,
        [new("keccak to blake2b", new(Kind.Cold, "native/pipeline", "keccak"), new(Kind.Cold, "native/pipeline", "blake2b"), 2, 0.25)]);

    private static string Text(BaselineComparison comparison)
    {
        using var output = new StringWriter { NewLine = "\n" };
        comparison.WriteTo(output);
        return output.ToString();
    }
}

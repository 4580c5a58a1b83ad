using Pvm2.Compare.Host.Commands;
using Pvm2.Compare.Host.Engines;
using Pvm2.Measuring;
using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Interpreter;

namespace Pvm2.Compare.Tests.Host;

public class CurveTests
{
    /// <summary>A million instructions are one a nanosecond where a stretch takes a millisecond.</summary>
    private const long Million = 1_000_000;

    private static readonly Stretch[] Run = [new(2, 1000), new(3, 1000), new(4, 500)];

    [Theory]
    [InlineData(0, 2, double.NaN)]
    [InlineData(2, 3, 1)]
    [InlineData(2.25, 2.75, 1)]
    [InlineData(1, 3, 0.5)]
    [InlineData(3.5, 4.5, 1.5)]
    [InlineData(4, 5, 1)]
    [InlineData(4.5, 6, double.NaN)]
    public void Speed_is_what_was_done_in_an_interval_over_all_of_it(double start, double end, double speed) =>
        Assert.Equal(speed, SpeedCurve.SpeedWithin(Run, Million, start, end), precision: 9);

    [Fact]
    public void Intervals_follow_each_other() =>
        Assert.Equal(SpeedCurve.Ends.Order().Distinct(), SpeedCurve.Ends);

    [Fact]
    public void A_stretch_is_ten_thousand_instructions_of_the_loop_and_five_around_it() =>
        Assert.Equal(10_005, new LongGuest().InstructionsOfStretch);

    [Theory]
    [InlineData(GasModel.Pipeline)]
    [InlineData(GasModel.Flat)]
    [InlineData(GasModel.None)]
    public void The_guest_ends_with_the_stretch_in_which_time_is_over(GasModel model)
    {
        var stretch = Assert.Single(new LongGuest().Run(InterpreterTier.Instance, model, TimeSpan.Zero));

        Assert.True(stretch.Start > 0 && stretch.Length > 0);
    }

    [Fact]
    public void Stretches_follow_each_other_without_a_gap()
    {
        var run = new LongGuest().Run(InterpreterTier.Instance, GasModel.Pipeline, TimeSpan.FromMilliseconds(5));

        Assert.True(run[^1].End >= 5);
        Assert.All(run.Zip(run.Skip(1)), pair => Assert.Equal(pair.First.End, pair.Second.Start, precision: 3));
    }

    [Fact]
    public void A_line_has_the_end_of_the_interval_and_a_figure_or_a_dash_for_each_round()
    {
        var command = new CurveCommand(TierFamily.Find("interpreter")!, GasModel.Pipeline);
        using var output = new StringWriter();

        command.Write([Run, [new Stretch(0, 1e6)]], output);

        var lines = output.ToString().Split('\n');
        Assert.Equal(SpeedCurve.Ends.Count + 1, lines.Length);
        Assert.Equal("0.05 - 1.0005E-05", lines[0]);
        Assert.Equal("3 0.010005 1.0005E-05", lines[Array.IndexOf([.. SpeedCurve.Ends], 3.0)]);
        Assert.Equal("200 - 1.0005E-05", lines[^2]);
        Assert.Empty(lines[^1]);
    }

    [Theory]
    [InlineData("il-background")]
    [InlineData("auto-promoting")]
    [InlineData("auto-portable")]
    public void A_tier_that_compiles_in_the_background_has_ended_that_when_it_was_measured(string name)
    {
        var command = new CurveCommand(TierFamily.Find(name)!, GasModel.Pipeline);

        Assert.NotEmpty(command.Measure(TimeSpan.FromMilliseconds(5)));
    }
}

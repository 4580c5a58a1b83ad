using Pvm2.Measuring;

namespace Pvm2.Compare.Tests.Reports;

/// <summary>Medians with intervals, against values worked out by hand.</summary>
public sealed class MedianIntervalTests
{
    /// <summary>Of five samples even all miss 2 · 1/32; of six, the second would miss 2 · 7/64. The others are in printed tables of the sign test.</summary>
    [Theory]
    [InlineData(1, 1, 0.0)]
    [InlineData(2, 1, 0.5)]
    [InlineData(5, 1, 0.9375)]
    [InlineData(6, 1, 0.96875)]
    [InlineData(8, 1, 0.9921875)]
    [InlineData(9, 2, 0.9609375)]
    [InlineData(11, 2, 0.98828125)]
    [InlineData(12, 3, 0.96142578125)]
    [InlineData(20, 6, 0.958611)]
    [InlineData(100, 40, 0.964800)]
    public void The_interval_goes_from_a_rank_to_its_mirror_image(int count, int rank, double coverage)
    {
        double[] samples = [.. Enumerable.Range(1, count).Select(value => (double)value).Reverse()];

        var interval = MedianInterval.Of(samples);

        Assert.Equal(rank, MedianInterval.RankOf(count));
        Assert.Equal((rank, count + 1 - rank), (interval.Low, interval.High));
        Assert.Equal((count + 1) / 2.0, interval.Median);
        Assert.Equal(coverage, interval.Coverage, 6);
        Assert.Equal(count >= 6, interval.IsSure);
    }

    [Fact]
    public void So_many_samples_that_no_power_of_a_half_is_a_number_still_have_an_interval()
    {
        var rank = MedianInterval.RankOf(5000);
        var normal = 2500 - (1.96 * Math.Sqrt(5000) / 2);

        Assert.InRange(rank, normal - 1, normal + 1);
    }

    [Fact]
    public void Of_no_samples_nothing_is_a_number()
    {
        var interval = MedianInterval.Of([]);

        Assert.False(interval.Exists);
        Assert.False(interval.IsSure);
        Assert.True(double.IsNaN(interval.Low) && double.IsNaN(interval.High));
    }

    [Fact]
    public void A_ratio_is_the_median_of_the_ratios_of_rounds_and_not_the_quotient_of_the_medians()
    {
        var ratio = MedianInterval.OfRatios([10, 90, 40], [1, 3, 10]);

        Assert.Equal((10, 4, 30), (ratio.Median, ratio.Low, ratio.High));
    }

    [Fact]
    public void Only_rounds_that_both_have_make_ratios()
    {
        Assert.Equal([2.0, 3.0], Statistics.Ratios([2, 6, 100], [1, 2]));
    }

    /// <summary>Medians 4 and 4. The least that can be drawn is 1 each, the greatest 9 each; one draw in 27 of a series is all 1.</summary>
    [Fact]
    public void A_geometric_mean_is_that_of_the_medians_within_what_can_be_drawn()
    {
        var mean = MedianInterval.OfGeometricMean([[1, 4, 9], [4, 9, 1]]);

        Assert.Equal(4, mean.Median, 12);
        Assert.InRange(mean.Low, 1, 3);
        Assert.InRange(mean.High, 6, 9.001);
        Assert.Equal(0.75, mean.Coverage, 12);
        Assert.Equal(mean, MedianInterval.OfGeometricMean([[1, 4, 9], [4, 9, 1]]));
    }

    [Fact]
    public void A_geometric_mean_lies_in_its_interval_where_slow_samples_hit_another_series_each_round()
    {
        double[][] series = [.. Enumerable.Range(0, 10).Select(row => Enumerable.Range(0, 21).Select(round => round % 10 == row ? 1.3 : 1.0).ToArray())];

        var mean = MedianInterval.OfGeometricMean(series);

        Assert.Equal((1, 1, 1), (mean.Median, mean.Low, mean.High));
    }

    [Fact]
    public void A_geometric_mean_of_nothing_is_none()
    {
        Assert.Equal(MedianInterval.None, MedianInterval.OfGeometricMean([]));
        Assert.Equal(MedianInterval.None, MedianInterval.OfGeometricMean([[1, 2], []]));
    }

    [Fact]
    public void Another_unit_scales_everything_but_the_coverage()
    {
        Assert.Equal(new MedianInterval(2, 1, 3, 0.75), new MedianInterval(2000, 1000, 3000, 0.75).In(1000));
    }

    /// <summary>Through (0, 1), (1, 2), (2, 6): the products are 1·2 + 1·3 = 5 over 2.</summary>
    [Fact]
    public void The_slope_is_that_of_the_least_squares()
    {
        Assert.Equal(2.5, Statistics.Slope([0, 1, 2], [1, 2, 6]), 12);
        Assert.True(double.IsNaN(Statistics.Slope([1], [1])));
    }
}

using Pvm2.Measuring;
using Xunit;

namespace Pvm2.Guests.Tests.Benchmarks;

/// <summary>The figures by which benchmarks sum up their samples, against values worked out by hand.</summary>
public sealed class StatisticsTests
{
    [Theory]
    [InlineData(new[] { 7.0 }, 7)]
    [InlineData(new[] { 9.0, 1, 4 }, 4)]
    [InlineData(new[] { 9.0, 1, 4, 5 }, 4.5)]
    public void The_median_is_in_the_middle(double[] samples, double median) =>
        Assert.Equal(median, Statistics.Median(samples));

    [Theory]
    [InlineData(0, 10)]
    [InlineData(10, 14)]
    [InlineData(25, 20)]
    [InlineData(50, 30)]
    [InlineData(90, 46)]
    [InlineData(100, 50)]
    public void A_percentile_lies_between_two_samples(double percent, double value) =>
        Assert.Equal(value, Statistics.Percentile([50, 40, 30, 20, 10], percent), 12);

    [Theory]
    [InlineData(new[] { 3.0 }, 3)]
    [InlineData(new[] { 2.0, 8 }, 4)]
    [InlineData(new[] { 0.5, 2.0 }, 1)]
    public void A_geometric_mean_is_the_root_of_the_product(double[] values, double mean) =>
        Assert.Equal(mean, Statistics.GeometricMean(values), 12);

    [Fact]
    public void Of_nothing_there_is_no_number()
    {
        Assert.True(double.IsNaN(Statistics.Median([])));
        Assert.True(double.IsNaN(Statistics.Percentile([], 90)));
        Assert.True(double.IsNaN(Statistics.GeometricMean([])));
    }
}

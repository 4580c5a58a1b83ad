using Pvm2.Measuring;

namespace Pvm2.Compare.Tests.Reports;

/// <summary>Tables and the figures in them.</summary>
public sealed class TextTableTests
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(0.01234, "0.0123")]
    [InlineData(0.1234, "0.123")]
    [InlineData(1.234, "1.23")]
    [InlineData(12.34, "12.3")]
    [InlineData(123.4, "123")]
    [InlineData(12345, "12345")]
    [InlineData(double.NaN, "-")]
    public void A_figure_has_three_digits_that_count(double value, string expected) =>
        Assert.Equal(expected, TextTable.Figure(value));

    [Fact]
    public void Words_begin_at_the_left_figures_end_at_the_right_and_columns_without_figures_are_left_out()
    {
        var table = new TextTable("name", "why", "empty", "µs") { Words = 2 };
        table.Add("a", "one | two\nthree", "-", "1");
        using var output = new StringWriter { NewLine = "\n" };

        table.WriteTo(output);

        Assert.Equal(
            "| name | why              | µs |\n" +
            "|------|------------------|---:|\n" +
            "| a    | one \\| two three |  1 |\n",
            output.ToString());
    }
}

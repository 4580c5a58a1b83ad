using Pvm2.Cli.Output;
using Xunit;

namespace Pvm2.Cli.Tests.Output;

public sealed class PrintableTextTests
{
    [Theory]
    [InlineData("main", "main")]
    [InlineData("größe_λ", "größe_λ")]
    [InlineData("a\u001b[31mb", "a\\u001b[31mb")]
    [InlineData("a\nb\r\0", "a\\u000ab\\u000d\\u0000")]
    [InlineData("\u202egnp.exe", "\\u202egnp.exe")]
    [InlineData("\u009b31m", "\\u009b31m")]
    public void Nothing_that_steers_a_terminal_gets_through(string text, string expected) =>
        Assert.Equal(expected, PrintableText.Of(text));

    [Fact]
    public void A_long_text_is_cut_off() =>
        Assert.Equal(501, PrintableText.Of(new string('x', 100_000)).Length);
}

using Pvm2.Cli.Options;
using Xunit;

namespace Pvm2.Cli.Tests.Options;

public sealed class NumberTextTests
{
    [Theory]
    [InlineData("0", 0UL)]
    [InlineData("42", 42UL)]
    [InlineData("0x2a", 42UL)]
    [InlineData("0X2A", 42UL)]
    [InlineData("1_000", 1000UL)]
    [InlineData("-1", ulong.MaxValue)]
    [InlineData("-0x10", 0xFFFF_FFFF_FFFF_FFF0UL)]
    [InlineData("18446744073709551615", ulong.MaxValue)]
    [InlineData("0xffffffffffffffff", ulong.MaxValue)]
    [InlineData("-9223372036854775808", 1UL << 63)]
    public void A_word_is_decimal_or_hex_of_either_sign(string text, ulong expected)
    {
        Assert.True(NumberText.TryParseWord(text, out var value, out _));
        Assert.Equal(expected, value);
    }

    [Theory]
    [InlineData("", "is not a decimal")]
    [InlineData("-", "is not a decimal")]
    [InlineData("0x", "is not a decimal")]
    [InlineData("12a", "is not a decimal")]
    [InlineData(" 1", "is not a decimal")]
    [InlineData("+1", "is not a decimal")]
    [InlineData("--1", "is not a decimal")]
    [InlineData("1.5", "is not a decimal")]
    [InlineData("٣", "is not a decimal")]
    [InlineData("18446744073709551616", "does not fit into 64 bits")]
    [InlineData("0x10000000000000000", "does not fit into 64 bits")]
    [InlineData("-9223372036854775809", "is below -2^63")]
    public void What_is_no_word_is_refused_with_a_reason(string text, string reason)
    {
        Assert.False(NumberText.TryParseWord(text, out _, out var error));
        Assert.StartsWith(reason, error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_amount_is_never_negative()
    {
        Assert.False(NumberText.TryParseAmount("-1", out _, out var error));
        Assert.Equal("must not be negative", error);
    }

    [Theory]
    [InlineData("4096", 4096UL)]
    [InlineData("0x1000", 4096UL)]
    [InlineData("64KiB", 65536UL)]
    [InlineData("64 kib", 65536UL)]
    [InlineData("2MiB", 2UL << 20)]
    [InlineData("1GiB", 1UL << 30)]
    public void A_size_may_have_a_suffix(string text, ulong expected)
    {
        Assert.True(NumberText.TryParseSize(text, out var bytes, out _));
        Assert.Equal(expected, bytes);
    }

    [Theory]
    [InlineData("64KB", "is not a size")]
    [InlineData("KiB", "is not a size")]
    [InlineData("-1KiB", "must not be negative")]
    [InlineData("18446744073709551615GiB", "does not fit into 64 bits")]
    public void What_is_no_size_is_refused_with_a_reason(string text, string reason)
    {
        Assert.False(NumberText.TryParseSize(text, out _, out var error));
        Assert.StartsWith(reason, error, StringComparison.Ordinal);
    }
}

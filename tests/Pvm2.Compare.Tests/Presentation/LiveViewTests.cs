using Pvm2.Compare.Presentation;

namespace Pvm2.Compare.Tests.Presentation;

public class LiveViewTests
{
    [Theory]
    [InlineData(12, "")]
    [InlineData(13, "keccak")]
    [InlineData(22, "keccak")]
    [InlineData(23, "keccak blake2b")]
    [InlineData(32, "keccak blake2b fib")]
    [InlineData(200, "keccak blake2b fib")]
    public void OnlyColumnsThatFitAreShown(int width, string expected) =>
        Assert.Equal(expected, string.Join(' ', LiveView.Fitting(["keccak", "blake2b", "fib"], width)));
}

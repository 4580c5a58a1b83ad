using Pvm2.Native.X64;
using Xunit;

namespace Pvm2.Native.Tests.X64;

public sealed class BranchlessTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    [InlineData(-1, 0)]
    [InlineData(int.MinValue, 0)]
    public void Zero(int value, int expected) => Assert.Equal(expected, Branchless.IsZero((uint)value));

    [Theory]
    [InlineData(0, 1)]
    [InlineData(127, 1)]
    [InlineData(-128, 1)]
    [InlineData(128, 0)]
    [InlineData(-129, 0)]
    [InlineData(int.MaxValue, 0)]
    [InlineData(int.MinValue, 0)]
    public void Bytes(int value, int expected) => Assert.Equal(expected, Branchless.FitsByte(value));

    [Fact]
    public void Selection()
    {
        Assert.Equal(5u, Branchless.Select(0, 5, 9));
        Assert.Equal(9u, Branchless.Select(1, 5, 9));
    }
}

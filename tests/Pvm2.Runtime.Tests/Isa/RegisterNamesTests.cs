using Pvm2.Runtime.Isa;
using Xunit;

namespace Pvm2.Runtime.Tests.Isa;

public sealed class RegisterNamesTests
{
    /// <summary>Source: "Register numbering" in the PVM2 specification.</summary>
    [Fact]
    public void The_host_counts_the_hot_registers_first()
    {
        int[] byHostNumber = [1, 2, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 3, 4];

        Assert.Equal(Enumerable.Range(0, byHostNumber.Length), byHostNumber.Select(RegisterNames.HostNumber));
        Assert.Throws<ArgumentOutOfRangeException>(() => RegisterNames.HostNumber(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => RegisterNames.HostNumber(16));
    }
}

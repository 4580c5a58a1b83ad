using Pvm2.Native.Faults;
using Xunit;

namespace Pvm2.Native.Tests.Faults;

public sealed class FaultHandlerTests
{
    private const int SigInfo = 4;
    private const int OnStack = 0x0800_0000;

    [Theory]
    [InlineData(0, SigInfo, false)]
    [InlineData(1, SigInfo, false)]
    [InlineData(0x1234_5678, OnStack, false)]
    [InlineData(0x1234_5678, SigInfo | OnStack, true)]
    public void A_fault_is_passed_on_to_functions_with_three_arguments_alone(int handler, int flags, bool expected) =>
        Assert.Equal(expected, FaultHandler.CanPassOnTo(handler, flags));
}

using Pvm2.Runtime.Embedding;
using Pvm2.Runtime.Execution;
using Xunit;

namespace Pvm2.Runtime.Tests.Embedding;

/// <summary>When a call of a guest's function has a result.</summary>
public sealed class GuestCallTests
{
    public static TheoryData<Exit, bool> Exits => new()
    {
        { new Exit(ExitReason.Halt, 8, 0, HostCallKind.Selector, 0), true },
        { new Exit(ExitReason.Halt, 8, 0, HostCallKind.Selector, 7), true },
        { new Exit(ExitReason.HostCall, 8, 0, HostCallKind.Selector, 0), true },
        { new Exit(ExitReason.HostCall, 8, 0, HostCallKind.Selector, 1), false },
        { new Exit(ExitReason.HostCall, 8, 0, HostCallKind.Management), false },
        { new Exit(ExitReason.OutOfGas, 8), false },
        { new Exit(ExitReason.PageFault, 8, 0x1000), false },
        { new Exit(ExitReason.Panic, 8), false },
        { new Exit(ExitReason.Cancelled, 8), false },
    };

    [Theory]
    [MemberData(nameof(Exits))]
    public void Only_a_call_that_has_returned_has_a_value(Exit exit, bool returned)
    {
        var call = new GuestCall(exit, 42);

        Assert.Equal(returned, call.HasReturned);
        Assert.Equal(returned, call.TryGetValue(out var value));
        Assert.Equal(returned ? 42UL : 0, value);
        if (returned)
        {
            Assert.Equal(42UL, call.Value);
        }
        else
        {
            Assert.Contains($"{exit.Reason} at 0x8", Assert.Throws<InvalidOperationException>(() => call.Value).Message, StringComparison.Ordinal);
        }
    }
}

using Xunit;

namespace Pvm2.Cli.Tests.Kit;

/// <summary>What the process of <c>tests/Pvm2.FaultProbe</c> has to show, however it was built.</summary>
internal static class ProbeAssertions
{
    private const int Abort = 128 + 6;
    private const int SegmentationFault = 128 + 11;

    /// <summary>Guests' page faults and the host's null references, by turns and on several threads.</summary>
    public static void AssertTurns(string program, params string[] arguments)
    {
        var run = ChildProcess.Run(program, [.. arguments, "turns"]);

        Assert.Equal(string.Empty, run.Error);
        Assert.Equal("20000 page faults, 20000 null references\n", run.Output);
        Assert.Equal(0, run.Code);
    }

    /// <summary>A stack overflow of the host ends the process, and does so by a signal.</summary>
    public static void AssertOverflow(string program, params string[] arguments)
    {
        var run = ChildProcess.Run(program, [.. arguments, "overflow"]);

        Assert.Equal("the guest faulted\n", run.Output);
        Assert.True(run.Code is Abort or SegmentationFault, $"it ended with {run.Code}");
    }
}

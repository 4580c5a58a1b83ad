using Pvm2.Cli.Tests.Kit;
using Pvm2.Native;
using Xunit;

namespace Pvm2.Cli.Tests;

/// <summary>Faults of the host beside those of guests, under the ordinary runtime.</summary>
public sealed class FaultProbeTests
{
    private static readonly string Probe = Path.Combine(AppContext.BaseDirectory, "Pvm2.FaultProbe.dll");

    [Fact]
    public void A_fault_of_the_host_is_still_the_hosts()
    {
        if (NativeTier.Support.IsSupported)
        {
            ProbeAssertions.AssertTurns("dotnet", Probe);
            ProbeAssertions.AssertOverflow("dotnet", Probe);
        }
    }
}

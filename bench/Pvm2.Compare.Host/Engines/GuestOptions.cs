using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;

namespace Pvm2.Compare.Host.Engines;

/// <summary>How PVM2 guests run when they are measured.</summary>
internal static class GuestOptions
{
    /// <summary>Version of our engine, as its hello tells it.</summary>
    public static string Version => typeof(Module).Assembly.GetName().Version?.ToString(fieldCount: 3) ?? string.Empty;

    /// <summary>
    /// Options of an instance: all the gas that there can be, and a host whose guests have nothing to read and nobody to
    /// write to.
    /// </summary>
    public static InstanceOptions Create(ITier tier, GasModel model) => new()
    {
        Tier = tier,
        GasModel = model,
        HostCalls = new DefaultHost(Stream.Null, Stream.Null, Stream.Null).CreateTable(),
    };
}

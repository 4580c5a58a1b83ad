using Pvm2.Native;

namespace Pvm2.FaultProbe;

/// <summary>What a host is told that asks for the native tier, and what it gets that does not ask.</summary>
internal static class SupportReport
{
    /// <summary>Prints both.</summary>
    /// <returns>0.</returns>
    public static int Run()
    {
        Console.WriteLine(NativeTier.Support.IsSupported ? "supported" : $"not supported: {NativeTier.Support.Reason}");
        try
        {
            Console.WriteLine($"made: {new NativeTier().Name}");
        }
        catch (PlatformNotSupportedException exception)
        {
            Console.WriteLine($"not made: {exception.Message}");
        }

        return 0;
    }
}

using Pvm2.Benchmarks.Measuring;
using Pvm2.Engine;
using Pvm2.Native;

namespace Pvm2.Benchmarks.Governing;

/// <summary>
/// What the choice of tiers costs: the governor beside every fixed tier, on this machine and as on one without the native
/// tier; and how long a hot loop takes to be fast.
/// </summary>
internal static class GovernorRun
{
    /// <summary>Samples of each figure where no other number is asked for.</summary>
    public const int DefaultRounds = 25;

    /// <summary>Measures and prints.</summary>
    public static void Run(int rounds)
    {
        Console.WriteLine($"- {Machine.Describe()}");
        Console.WriteLine($"- {rounds} rounds; medians; ratios are taken round by round");
        if (NativeTier.Support.IsSupported)
        {
            Compare("this machine", rounds, [HostTiers.InterpreterName, HostTiers.IlName, HostTiers.NativeName]);
        }

        Compare("without the native tier", rounds, [HostTiers.InterpreterName, HostTiers.IlName], HostTiers.NativeName);
        WriteCurves();
        Console.WriteLine();
        Console.WriteLine($"- load average {Machine.FindLoad()} at the end");
    }

    private static void Compare(string machine, int rounds, string[] names, params ReadOnlySpan<string> without)
    {
        Contender[] contenders = [.. names.Select(Contender.Fixed), Contender.Automatic(without)];
        var table = new ContenderTable(contenders, rounds);
        table.WriteCold(Console.Out, $"{machine}, cold: load, prepare, make an instance and run, nothing shared");
        table.WriteSteady(Console.Out, $"{machine}, steady: another run after many");
        foreach (var contender in contenders)
        {
            contender.Dispose();
        }
    }

    private static void WriteCurves()
    {
        var curve = new WarmUpCurve();
        if (NativeTier.Support.IsSupported)
        {
            curve.Write(
                Console.Out,
                "warming up with thresholds, interpreter to native",
                () => HostTiers.Choose(TierPolicy.Thresholds()),
                HostTiers.NativeName);
        }

        curve.Write(
            Console.Out,
            "warming up without the native tier, interpreter to IL",
            () => HostTiers.Choose(null, HostTiers.NativeName),
            HostTiers.IlName);
    }
}

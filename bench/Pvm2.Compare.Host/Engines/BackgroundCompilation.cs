using Pvm2.IlJit;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Governing;

namespace Pvm2.Compare.Host.Engines;

/// <summary>What tiers compile on threads of their own.</summary>
internal static class BackgroundCompilation
{
    /// <summary>Waits until a tier has nothing to compile.</summary>
    public static void WaitFor(ITier tier)
    {
        while (IsPending(tier))
        {
            Thread.Sleep(1);
        }
    }

    private static bool IsPending(ITier tier) => tier switch
    {
        Governor governor => governor.Statistics.Pending != 0 || governor.Stages.Any(stage => IsPending(stage.Tier)),
        IlTier portable => portable.Statistics.Pending != 0,
        _ => false,
    };
}

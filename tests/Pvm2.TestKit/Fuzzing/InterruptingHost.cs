using Pvm2.Runtime.Execution;
using Pvm2.TestKit.Lockstep;

namespace Pvm2.TestKit.Fuzzing;

/// <summary>
/// A host that cancels runs from another thread, before or while they run, and lets them go on, until they stop for a
/// reason of their own. Where that happens is never the same; what comes of the run must be.
/// </summary>
internal static class InterruptingHost
{
    private const int MaxInterruptions = 3;

    internal static LockstepHost Create() => FuzzHost.Default with { Run = Run };

    private static Exit Run(Instance instance, RunLimits limits)
    {
        for (var i = 0; i < MaxInterruptions; i++)
        {
            using var source = new CancellationTokenSource();
            var isFirst = i == 0;
            if (isFirst)
            {
                source.Cancel();
            }
            else
            {
                ThreadPool.UnsafeQueueUserWorkItem(Cancel, source, preferLocal: false);
            }

            var exit = instance.Run(limits with { Cancellation = source.Token });
            if (exit.Reason != ExitReason.Cancelled)
            {
                return exit;
            }
        }

        return instance.Run(limits);
    }

    private static void Cancel(CancellationTokenSource source)
    {
        try
        {
            source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The run was over before.
        }
    }
}

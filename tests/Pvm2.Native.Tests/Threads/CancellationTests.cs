using System.Diagnostics;
using Pvm2.Native.Tests.Kit;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Isa;
using Pvm2.TestKit.Generation;
using Pvm2.TestKit.States;
using Xunit;

namespace Pvm2.Native.Tests.Threads;

/// <summary>Native code that another thread stops again and again ends as if it had never been stopped.</summary>
[Collection(ProcessAlone.Name)]
public sealed class CancellationTests
{
    private const int Rounds = 1_500_000;
    private const int Stops = 30;
    private const int MaxWaitMicroseconds = 600;

    public static TheoryData<Profile, GasModel> Combinations => new()
    {
        { Profile.Static, GasModel.Pipeline },
        { Profile.Static, GasModel.Flat },
        { Profile.Static, GasModel.None },
        { Profile.Xjar, GasModel.Pipeline },
        { Profile.Xjar, GasModel.None },
    };

    [NativeTheory]
    [MemberData(nameof(Combinations))]
    public void A_run_that_is_stopped_at_any_moment_goes_on_as_it_was(Profile profile, GasModel model)
    {
        var module = LoopingGuest.Make(profile, Rounds);
        var tier = new NativeTier();
        using var reference = LoopingGuest.Start(module, tier, model);
        Assert.Equal(ExitReason.Halt, reference.Run().Reason);

        var random = new Prng(9);
        var delays = new List<double>();
        using var instance = LoopingGuest.Start(module, tier, model);
        while (delays.Count < Stops)
        {
            var exit = RunAndStop(instance, random.Below(MaxWaitMicroseconds), out var delay);
            if (exit.Reason == ExitReason.Halt)
            {
                break;
            }

            Assert.Equal(ExitReason.Cancelled, exit.Reason);
            Assert.True(module.Blocks.IsStart(exit.ProgramCounter - module.Program.CodeBase), $"{exit}");
            delays.Add(delay);
        }

        if (delays.Count == Stops)
        {
            Assert.Equal(ExitReason.Halt, instance.Run().Reason);
        }

        Assert.Empty(MachineState.Of(reference).Differences(MachineState.Of(instance)));
        Assert.InRange(delays.Count, 5, Stops);

        // The best of them: what a busy machine adds by not scheduling one of the two threads is not ours.
        Assert.InRange(delays.Min(), 0, 1);
    }

    /// <param name="wait">Microseconds until the run is stopped.</param>
    /// <param name="delay">Milliseconds from the request to the end of the run.</param>
    private static Exit RunAndStop(Instance instance, int wait, out double delay)
    {
        using var source = new CancellationTokenSource();
        var requested = long.MaxValue;
        var isRunning = 0;
        var stopper = new Thread(() =>
        {
            while (Volatile.Read(ref isRunning) == 0)
            {
                Thread.Yield();
            }

            var start = Stopwatch.GetTimestamp();
            while (Stopwatch.GetElapsedTime(start).TotalMicroseconds < wait)
            {
                Thread.Yield();
            }

            Volatile.Write(ref requested, Stopwatch.GetTimestamp());
            source.Cancel();
        });
        stopper.Start();
        Volatile.Write(ref isRunning, 1);
        var exit = instance.Run(source.Token);
        var end = Stopwatch.GetTimestamp();
        stopper.Join();
        delay = Stopwatch.GetElapsedTime(Volatile.Read(ref requested), end).TotalMilliseconds;
        return exit;
    }
}

using Pvm2.Native.Tests.Kit;
using Pvm2.Native.Tests.Leaks;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Interpreter;
using Pvm2.Runtime.Isa;
using Pvm2.TestKit.Generation;
using Pvm2.TestKit.States;
using Xunit;

namespace Pvm2.Native.Tests.Threads;

/// <summary>Many threads, one module; many modules, one arena.</summary>
[Collection(ProcessAlone.Name)]
public sealed class SharedModuleTests
{
    private const int Threads = 8;

    [NativeFact]
    public void A_module_that_all_threads_want_at_once_is_compiled_once_and_runs_on_all()
    {
        const int Rounds = 150;
        var tier = new CountingTier(new NativeTier());
        using var barrier = new Barrier(Threads);
        var modules = new Module[Rounds];
        var expected = new MachineState[Rounds];
        for (var round = 0; round < Rounds; round++)
        {
            var guest = MakeGuest(round);
            modules[round] = Module.Create(guest.Program);
            expected[round] = RunToEnd(guest, modules[round], InterpreterTier.Instance);
        }

        Workers.Run(Threads, _ =>
        {
            for (var round = 0; round < Rounds; round++)
            {
                barrier.SignalAndWait();
                var actual = RunToEnd(MakeGuest(round), modules[round], tier);
                Assert.Empty(expected[round].Differences(actual));
            }
        });

        Assert.Equal(Rounds, tier.Compilations);
    }

    [NativeTheory]
    [InlineData(GasModel.Pipeline)]
    [InlineData(GasModel.None)]
    public void Modules_come_and_go_while_others_run(GasModel model)
    {
        const int Modules = 10_000;
        var tier = new NativeTier();
        Profile[] profiles = [Profile.Static, Profile.Xjar];
        var looping = profiles.Select(profile => LoopingGuest.Make(profile, rounds: 50_000)).ToArray();
        var expected = looping.Select(module => RunLoop(module, InterpreterTier.Instance, model)).ToArray();
        var (next, runs, churning) = (0, 0, Threads / 2);
        Workers.Run(Threads, thread =>
        {
            if (thread >= Threads / 2)
            {
                do
                {
                    Assert.Empty(expected[thread % 2].Differences(RunLoop(looping[thread % 2], tier, model)));
                    Interlocked.Increment(ref runs);
                }
                while (Volatile.Read(ref churning) != 0);
                return;
            }

            try
            {
                for (var number = Interlocked.Increment(ref next); number < Modules; number = Interlocked.Increment(ref next))
                {
                    CountingProgram.Run(number, tier, mayForget: number % 4 == 0);
                    if (number % 1000 == 0)
                    {
                        ProcessFootprint.Collect();
                    }
                }
            }
            finally
            {
                Interlocked.Decrement(ref churning);
            }
        });

        Assert.InRange(runs, Threads / 2, int.MaxValue);
    }

    private static RandomGuest MakeGuest(int round) =>
        RandomGuest.Generate((ulong)round, round % 2 == 0 ? Profile.Static : Profile.Xjar);

    private static MachineState RunToEnd(RandomGuest guest, Module module, ITier tier)
    {
        using var instance = module.CreateInstance(new InstanceOptions { Tier = tier });
        guest.Start(instance);
        while (instance.Run().IsResumable)
        {
        }

        return MachineState.Of(instance);
    }

    private static MachineState RunLoop(Module module, ITier tier, GasModel model)
    {
        using var instance = LoopingGuest.Start(module, tier, model);
        Assert.Equal(ExitReason.Halt, instance.Run().Reason);
        return MachineState.Of(instance);
    }
}

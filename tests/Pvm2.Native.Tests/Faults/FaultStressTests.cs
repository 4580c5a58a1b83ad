using System.Runtime.CompilerServices;
using Pvm2.Native.Tests.Kit;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Isa;
using Pvm2.TestKit.Generation;
using Xunit;

namespace Pvm2.Native.Tests.Faults;

/// <summary>Page faults of guests on many threads at once, while the runtime uses the same signal for its own ends.</summary>
[Collection(ProcessAlone.Name)]
public sealed class FaultStressTests
{
    private const int Threads = 8;
    private const int FaultsPerThread = 20_000;
    private const int ExceptionThreads = 2;
    private const int RunsPerProgram = 500;

    [NativeFact]
    public void No_fault_is_lost_or_wrong_while_collections_and_exceptions_happen()
    {
        var tier = new NativeTier();
        FaultProgram[] programs =
            [new(Profile.Static, 1), new(Profile.Static, 2), new(Profile.Xjar, 3), new(Profile.Xjar, 4)];
        var expected = programs.Select(MakeExpectations).ToArray();
        var (faults, exceptions, collections, running) = (0, 0, 0, Threads);
        Workers.Run(Threads + ExceptionThreads + 1, number =>
        {
            if (number < Threads)
            {
                try
                {
                    RunIntoFaults(number, programs, expected, tier, ref faults);
                }
                finally
                {
                    Interlocked.Decrement(ref running);
                }
            }
            else if (number < Threads + ExceptionThreads)
            {
                while (Volatile.Read(ref running) != 0)
                {
                    Assert.Throws<NullReferenceException>(() => LengthOf(null));
                    Interlocked.Increment(ref exceptions);
                }
            }
            else
            {
                CollectWhile(ref running, ref collections);
            }
        });

        Assert.Equal(Threads * FaultsPerThread, faults);
        Assert.InRange(exceptions, 100, int.MaxValue);
        Assert.InRange(collections, 10, int.MaxValue);
    }

    private static ExpectedFault[] MakeExpectations(FaultProgram program, int number)
    {
        var random = new Prng((ulong)number);
        using var reference = program.Module.CreateInstance();
        var expectations = new ExpectedFault[RunsPerProgram];
        for (var i = 0; i < expectations.Length; i++)
        {
            expectations[i] = new ExpectedFault(reference, program.MakeRegisters(random));
        }

        return expectations;
    }

    private static void RunIntoFaults(
        int thread, FaultProgram[] programs, ExpectedFault[][] expected, NativeTier tier, ref int faults)
    {
        var random = new Prng((ulong)thread);
        var instances = programs.Select(program => program.Module.CreateInstance(new InstanceOptions { Tier = tier })).ToArray();
        for (var i = 0; i < FaultsPerThread; i++)
        {
            var program = random.Below(programs.Length);
            random.Pick<ExpectedFault>(expected[program]).Check(instances[program]);
            Interlocked.Increment(ref faults);
        }

        foreach (var instance in instances)
        {
            instance.Dispose();
        }
    }

    /// <summary>Collects all generations in turn, with something to move each time.</summary>
    private static void CollectWhile(ref int running, ref int collections)
    {
        var kept = new List<byte[]>();
        while (Volatile.Read(ref running) != 0)
        {
            kept.Add(new byte[1000]);
            if (kept.Count == 200)
            {
                kept.RemoveRange(0, 100);
            }

            GC.Collect(collections % (GC.MaxGeneration + 1), GCCollectionMode.Forced, blocking: true, compacting: true);
            collections++;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int LengthOf(string? text) => text!.Length;
}

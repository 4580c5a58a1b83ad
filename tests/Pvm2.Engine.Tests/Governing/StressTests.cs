using Pvm2.Engine.Tests.Kit;
using Pvm2.Native;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Governing;
using Pvm2.Runtime.Interpreter;
using Pvm2.TestKit;
using Pvm2.TestKit.States;
using Pvm2.TestKit.Tiers;
using Xunit;

namespace Pvm2.Engine.Tests.Governing;

/// <summary>Many threads load, run, compile and drop the same few programs, and every result is what it is alone.</summary>
public sealed class StressTests
{
    private const int Threads = 8;
    private const int RunsOfAThread = 60;

    private static readonly string[] Guests = ["keccak", "blake2b", "calls", "ed25519"];

    [Theory]
    [InlineData(GasModel.Pipeline, 0)]
    [InlineData(GasModel.Pipeline, 3000)]
    [InlineData(GasModel.None, 3000)]
    public async Task Threads_race_to_compile_and_to_drop(GasModel model, ulong hotGas)
    {
        var containers = Guests.Select(name => File.ReadAllBytes(Repository.PathOf($"bench/guests/built/static/{name}.pvm2"))).ToArray();
        var expected = containers.Select(container => Run(Module.Load(container), InterpreterTier.Instance, model)).ToArray();
        using var governor = new Governor(OptionsFor(hotGas));
        var shared = containers.Select(container => Module.Load(container)).ToArray();
        var threads = Enumerable.Range(0, Threads).Select(number => Task.Factory.StartNew(
            () => RunMany(number),
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default));
        await Task.WhenAll(threads);

        var statistics = governor.Statistics;
        Assert.Equal(0, statistics.Stages.Sum(stage => stage.Failed));
        Assert.InRange(statistics.Shared, 1, long.MaxValue);
        Assert.InRange(statistics.Dropped, 1, long.MaxValue);
        Assert.InRange(statistics.Stages[1].Compiled, containers.Length, long.MaxValue);

        void RunMany(int number)
        {
            var random = new Random(number);
            for (var run = 0; run < RunsOfAThread; run++)
            {
                var which = random.Next(containers.Length);
                var module = random.Next(2) == 0 ? shared[which] : Module.Load(containers[which]);
                Assert.Empty(expected[which].Differences(Run(module, governor, model)));
                switch (random.Next(12))
                {
                    case 0:
                        governor.Trim();
                        break;
                    case 1:
                        GC.Collect(random.Next(3));
                        break;
                }
            }
        }
    }

    private static GovernorOptions OptionsFor(ulong hotGas)
    {
        ITier best = NativeTier.Support.IsSupported ? new NativeTier() : new StageTier("best");
        var stage = new GovernorStage(best) { HotGas = hotGas, MostEagerCode = hotGas == 0 ? int.MaxValue : -1 };
        return new GovernorOptions { Stages = [new GovernorStage(InterpreterTier.Instance), stage], MaxThreads = 2 };
    }

    private static MachineState Run(Module module, ITier tier, GasModel model)
    {
        var host = new DefaultHost(Stream.Null, Stream.Null, Stream.Null);
        using var instance = module.CreateInstance(
            new InstanceOptions { Tier = tier, GasModel = model, HostCalls = host.CreateTable() });
        Assert.Equal(ExitReason.Halt, instance.Call().Reason);
        return MachineState.Of(instance);
    }
}

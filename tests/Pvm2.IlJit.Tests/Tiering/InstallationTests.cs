using Pvm2.IlJit.Dynamic;
using Pvm2.IlJit.Lowering;
using Pvm2.IlJit.Regions;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Portable;
using Pvm2.TestKit;
using Pvm2.TestKit.States;
using Pvm2.TestKit.Tiers;
using Xunit;

namespace Pvm2.IlJit.Tests.Tiering;

/// <summary>Regions are installed while threads run through the blocks that become compiled.</summary>
public sealed class InstallationTests
{
    private const int Threads = 4;

    [Theory]
    [InlineData("collections", "static")]
    [InlineData("collections", "xjar")]
    [InlineData("interpreter", "xjar")]
    [InlineData("calls", "static")]
    public async Task Guests_of_many_regions_run_on_while_these_are_installed(string name, string profile)
    {
        var container = await File.ReadAllBytesAsync(Repository.PathOf($"bench/guests/built/{profile}/{name}.pvm2"));
        var expected = Run(Module.Load(container), TierRegistry.Reference.Create());
        var tier = new ObservedTier(hotGas: 1);
        for (var round = 0; round < 3; round++)
        {
            // All compiled anew, since it is another module; each thread runs until nothing more is to be compiled.
            var module = Module.Load(container);
            var threads = Enumerable.Range(0, Threads).Select(_ => Task.Factory.StartNew(
                () =>
                {
                    for (var runs = 0; runs < 2 || (runs < 100 && tier.Statistics.Pending != 0); runs++)
                    {
                        Assert.Empty(expected.Differences(Run(module, tier)));
                    }
                },
                CancellationToken.None,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default));
            await Task.WhenAll(threads);
            tier.WaitUntilIdle();
        }

        Assert.InRange(tier.Statistics.Compiled, 3, int.MaxValue);
        Assert.Equal(0, tier.Statistics.Failed);
    }

    [Theory]
    [InlineData(Profile.Static)]
    [InlineData(Profile.Xjar)]
    public unsafe void A_method_knows_the_entry_of_a_block_that_was_not_compiled_when_it_was_read(Profile profile)
    {
        var module = LoopGuest.Make(profile);
        var plan = RegionPlanner.Plan(module, RegionLimits.Default);
        var region = DynamicRegion.Compile(new LoweringInput(module, GasModel.Flat, plan), plan.Regions[0]);
        var method = (delegate*<ExecutionState*, int, long>)region.Address;
        ExecutionState state = default;
        foreach (var start in module.Blocks.Starts)
        {
            var programCounter = module.Program.CodeBase + start;
            var exit = new RegionExit(method(&state, ~(int)programCounter));
            Assert.Equal((RegionExitKind.NotCompiled, programCounter), (exit.Kind, exit.ProgramCounter));
        }

        GC.KeepAlive(region);
    }

    private static MachineState Run(Module module, ITier tier)
    {
        var host = new DefaultHost(Stream.Null, Stream.Null, Stream.Null);
        using var instance = module.CreateInstance(new InstanceOptions { Tier = tier, HostCalls = host.CreateTable() });
        Assert.Equal(ExitReason.Halt, instance.Call().Reason);
        return MachineState.Of(instance);
    }
}

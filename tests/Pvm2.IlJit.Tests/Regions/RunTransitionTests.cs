using Pvm2.IlJit.Regions;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Isa;
using Xunit;

namespace Pvm2.IlJit.Tests.Regions;

/// <summary>What runs of guests do is what the planner foresees.</summary>
public sealed class RunTransitionTests
{
    private const int MaxBlocks = 150_000;

    public static TheoryData<string> Guests => PlannedPrograms.Guests;

    [Theory]
    [MemberData(nameof(Guests))]
    public void Runs_of_guests_enter_regions_at_entries_alone(string guest)
    {
        var module = PlannedPrograms.Load(guest);
        var small = new RegionLimits { MaxBlocks = 12, MaxInstructions = 900, MaxLocalReferences = 500, MaxSwitchTargets = 4 };
        foreach (var limits in (RegionLimits[])[RegionLimits.Default, small])
        {
            var plan = RegionPlanner.Plan(module, limits);
            var entries = plan.Regions.SelectMany(region => region.Entries).ToHashSet();
            var last = RegionPlan.NoRegion;
            foreach (var (block, isResumed) in Trace(module))
            {
                var region = plan.RegionOfBlock[block];
                Assert.True(
                    region >= 0 && ((region == last && !isResumed) || entries.Contains(block)),
                    $"block {block} of region {region} is entered from region {last}");
                last = region;
            }
        }
    }

    /// <summary>The blocks that a run goes through, and which of them it came to by way of the host.</summary>
    private static IEnumerable<(int Block, bool IsResumed)> Trace(Module module)
    {
        using var output = new MemoryStream();
        var host = new DefaultHost(Stream.Null, output, output);
        using var instance = module.CreateInstance(
            new InstanceOptions { Gas = 0, GasModel = GasModel.Flat, HostCalls = host.CreateTable() });
        instance.Start();
        var prices = module.Price(GasModel.Flat);
        var calledHost = true;
        var code = new InstructionReader(module.Program.Code.Span, module.Program.Profile);
        var callsHost = new bool[module.Blocks.Count];
        for (var block = 0; block < callsHost.Length; block++)
        {
            var end = block + 1 < callsHost.Length ? (int)module.Blocks.Starts[block + 1] : module.Program.Code.Length;
            while (code.Offset < end)
            {
                callsHost[block] = code.Read().Family == InstructionFamily.HostCall;
            }
        }

        for (var i = 0; i < MaxBlocks; i++)
        {
            var exit = instance.Run();
            if (exit.Reason == ExitReason.Halt)
            {
                yield break;
            }

            Assert.Equal(ExitReason.OutOfGas, exit.Reason);
            var block = module.Blocks.IndexOf(exit.ProgramCounter - module.Program.CodeBase);
            yield return (block, calledHost);
            calledHost = callsHost[block];
            instance.AddGas(prices[block]);
        }
    }
}

using Pvm2.IlJit.Lowering;
using Pvm2.IlJit.Regions;
using Pvm2.IlJit.Tests.Regions;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Isa;
using Xunit;

namespace Pvm2.IlJit.Tests.Lowering;

/// <summary>No method comes near the sizes from which on RyuJIT does not optimise.</summary>
public sealed class CodeSizeTests
{
    private const int MostInstructions = 15_000;
    private const int MostBytes = 55_000;
    private const int MostLocalReferences = 7_000;
    private const int MostBasicBlocks = 1_500;

    public static TheoryData<string> Guests => PlannedPrograms.Guests;

    [Theory]
    [MemberData(nameof(Guests))]
    public void MethodsOfGuestsAreSmallEnough(string guest) => Check(PlannedPrograms.Load(guest));

    [Theory]
    [InlineData(Profile.Static)]
    [InlineData(Profile.Xjar)]
    public void MethodsOfALargeGuestAreSmallEnough(Profile profile)
    {
        var module = LargeGuest.Create(profile, instructions: 100_000);
        Assert.True(module.Program.Code.Length > 300_000);
        Check(module);
    }

    private static void Check(Module module)
    {
        var plan = RegionPlanner.Plan(module, RegionLimits.Default);
        Assert.All(plan.Regions, region => Assert.True(region.IsCompilable || region.Entries.Length == 0));
        foreach (var model in new[] { GasModel.Pipeline, GasModel.None })
        {
            var input = new LoweringInput(module, model, plan);
            foreach (var region in plan.Regions.Where(region => region.IsCompilable))
            {
                var sink = new MeasuringSink(new NullSink());
                RegionLowering.Lower(input, region, sink);
                Assert.InRange(sink.Size.Instructions, 1, MostInstructions);
                Assert.InRange(sink.Size.Bytes, 1, MostBytes);
                Assert.InRange(sink.Size.LocalReferences, 1, MostLocalReferences);
                Assert.InRange(sink.Size.BasicBlocks, 1, MostBasicBlocks);
            }
        }
    }
}

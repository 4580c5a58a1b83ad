using Pvm2.IlJit.Dynamic;
using Pvm2.IlJit.Lowering;
using Pvm2.IlJit.Regions;
using Pvm2.IlJit.Tests.Lowering;
using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Isa;
using Xunit;
using static Pvm2.IlJit.Tests.Dynamic.CompilationListener;

namespace Pvm2.IlJit.Tests.Dynamic;

/// <summary>The runtime itself says whether it optimised a method.</summary>
[Collection(nameof(RunsAlone))]
public sealed class OptimizationTests
{
    // No other test's methods have such names.
    private const int FirstNumber = 1_000_000;

    [Fact]
    public async Task TheLargestMethodsAreOptimisedAndOneThatIsTooLargeIsNot()
    {
        var module = LargeGuest.Create(Profile.Static, instructions: 20_000);
        var plan = RegionPlanner.Plan(module, RegionLimits.Default);
        var compilable = plan.Regions.Where(region => region.IsCompilable);
        var largest = compilable.OrderByDescending(region => region.Blocks.Length).Take(3);
        var whole = new Region(FirstNumber, [.. Enumerable.Range(0, 1_000)], [0], IsCompilable: true);
        Region[] regions = [whole, .. largest.Select((region, n) => region with { Number = FirstNumber + 1 + n })];
        var input = new LoweringInput(module, GasModel.Pipeline, plan);

        using var listener = new CompilationListener();
        foreach (var region in regions)
        {
            GC.KeepAlive(DynamicRegion.Compile(input, region));
        }

        var expected = regions.Select(region => (
            Name: $"region{region.Number}",
            Tier: region == whole ? OptimizationTier.MinOptJitted : OptimizationTier.Optimized)).ToArray();
        var deadline = DateTime.UtcNow.AddMinutes(1);
        while (!expected.All(method => listener.Tiers.ContainsKey(method.Name)) && DateTime.UtcNow < deadline)
        {
            await Task.Delay(10);
        }

        Assert.Equal(expected, expected.Select(method => (method.Name, listener.Tiers.GetValueOrDefault(method.Name))));
    }
}

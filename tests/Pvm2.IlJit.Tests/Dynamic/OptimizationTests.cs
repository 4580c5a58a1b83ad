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
public sealed class OptimizationTests
{
    [Fact]
    public async Task TheLargestMethodsAreOptimisedAndOneThatIsTooLargeIsNot()
    {
        var module = LargeGuest.Create(Profile.Static, instructions: 20_000);
        var plan = RegionPlanner.Plan(module, RegionLimits.Default);
        var largest = plan.Regions.Where(region => region.IsCompilable).OrderByDescending(region => region.Blocks.Length).Take(3);
        var whole = new Region(plan.Regions.Length, [.. Enumerable.Range(0, 1_000)], [0], IsCompilable: true);
        var input = new LoweringInput(module, GasModel.Pipeline, plan);

        using var listener = new CompilationListener();
        foreach (var region in largest.Append(whole))
        {
            DynamicRegion.Compile(input, region).KeepAlive();
        }

        var expected = largest.ToDictionary(region => $"region{region.Number}", _ => OptimizationTier.Optimized);
        expected.Add($"region{whole.Number}", OptimizationTier.MinOptJitted);
        var deadline = DateTime.UtcNow.AddSeconds(20);
        while (!expected.Keys.All(listener.Tiers.ContainsKey) && DateTime.UtcNow < deadline)
        {
            await Task.Delay(10);
        }

        Assert.Equal(expected, expected.ToDictionary(method => method.Key, method => listener.Tiers[method.Key]));
    }
}

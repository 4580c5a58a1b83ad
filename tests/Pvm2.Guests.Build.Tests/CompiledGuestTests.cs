using System.Reflection;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Interpreter;
using Pvm2.Runtime.Saved;
using Pvm2.TestKit.Tiers;
using Xunit;

namespace Pvm2.Guests.Build.Tests;

/// <summary>Guests that this project's build compiled.</summary>
public sealed class CompiledGuestTests
{
    public static TheoryData<string> Tiers => [.. TierRegistry.Names];

    [Fact]
    public void It_runs_on_its_compiled_code()
    {
        using var guest = new Exports();

        Assert.Equal(42UL, guest.Add(40, 2).Value);
        Assert.Equal(654_321UL, guest.SixArguments(1, 2, 3, 4, 5, 6).Value);
        Assert.Equal(1UL, guest.CountCalls().Value);
        Assert.Equal(2UL, guest.CountCalls().Value);
        Assert.Equal(50UL, guest.Recurse(50).Value);
        Assert.IsType<SavedTier>(Exports.DefaultTier);
    }

    [Theory]
    [MemberData(nameof(Tiers))]
    public void Gas_results_and_exits_are_those_of_other_tiers(string tier)
    {
        using var compiled = new Exports(gas: 500);
        using var other = new Exports(gas: 500, tier: TierRegistry.Create(tier));

        for (var n = 0UL; n < 60; n++)
        {
            Assert.Equal(other.Fibonacci(n), compiled.Fibonacci(n));
            Assert.Equal(other.Instance.GasUsed, compiled.Instance.GasUsed);
        }

        Assert.Equal(ExitReason.OutOfGas, compiled.Fibonacci(60).Exit.Reason);
    }

    [Fact]
    public void The_item_chooses_the_gas_model_that_there_is_code_for()
    {
        using var guest = new FlatXjar(gas: 1000);
        using var reference = new FlatXjar(gas: 1000, tier: InterpreterTier.Instance);

        Assert.Equal(GasModel.Flat, guest.Instance.GasModel);
        Assert.Equal(reference.Fibonacci(10), guest.Fibonacci(10));
        Assert.Equal(reference.Instance.GasUsed, guest.Instance.GasUsed);
        Assert.Throws<NotSupportedException>(() => new FlatXjar(new InstanceOptions { Tier = FlatXjar.DefaultTier }));
    }

    [Fact]
    public void Its_assembly_lies_beside_the_projects_and_needs_the_runtime_alone()
    {
        var path = Path.Combine(AppContext.BaseDirectory, "Pvm2.Guests.Build.Tests.exports.guest.dll");

        var ours = Assembly.LoadFrom(path).GetReferencedAssemblies().Where(name => name.Name!.StartsWith("Pvm2", StringComparison.Ordinal));

        Assert.Equal(["Pvm2.Runtime"], ours.Select(name => name.Name));
        Assert.Equal(Exports.Sha256, Exports.Module.Hash.ToString());
        Assert.DoesNotContain(
            typeof(Exports).Assembly.GetManifestResourceNames(), name => name.Contains("exports", StringComparison.Ordinal) && !name.StartsWith("Linked", StringComparison.Ordinal));
    }
}

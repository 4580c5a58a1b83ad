using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;
using Pvm2.TestKit;
using Pvm2.TestKit.Tiers;
using Xunit;

namespace Pvm2.Guests.Build.Tests;

/// <summary>The classes of the guests that this project's file names, as its build made them.</summary>
public sealed class GuestClassTests
{
    public static TheoryData<string> Tiers => [.. TierRegistry.Names];

    [Theory]
    [MemberData(nameof(Tiers))]
    public void Entry_points_are_methods_on_every_tier(string tier)
    {
        using var guest = new Portable(tier: TierRegistry.Create(tier));

        Assert.Equal(42UL, guest.Add(40, 2).Value);
        Assert.Equal(55UL, guest.Fibonacci(10).Value);
        Assert.Equal(654_321UL, guest.SixArguments(1, 2, 3, 4, 5, 6).Value);
        Assert.Equal(3UL, guest.SetNumber(0, 100).Value);
        Assert.Equal(100UL, guest.SumOfNumbers(1).Value);
        Assert.Equal(1UL, guest.CountCalls().Value);
        Assert.Equal(2UL, guest.CountCalls().Value);
        Assert.Equal(50UL, guest.Recurse(50).Value);
    }

    [Theory]
    [MemberData(nameof(Tiers))]
    public void A_call_that_runs_out_of_gas_can_be_resumed(string tier)
    {
        using var guest = new Portable(gas: 50, tier: TierRegistry.Create(tier));

        var call = guest.Fibonacci(10);
        Assert.Equal(ExitReason.OutOfGas, call.Exit.Reason);
        Assert.False(call.TryGetValue(out _));

        guest.Instance.AddGas(1000);
        Assert.True(guest.Resume().TryGetValue(out var value));
        Assert.Equal(55UL, value);
    }

    [Fact]
    public void A_cancelled_call_does_not_run()
    {
        using var guest = new Portable();

        Assert.Equal(ExitReason.Cancelled, guest.Add(1, 2, cancellation: new CancellationToken(canceled: true)).Exit.Reason);
        Assert.Equal(3UL, guest.Resume().Value);
    }

    [Fact]
    public void The_hash_is_that_of_the_file()
    {
        var module = Module.Load(File.ReadAllBytes(Repository.PathOf("bench/guests/built/static/exports.pvm2")));

        Assert.Equal(Portable.Sha256, module.Hash.ToString());
        Assert.Equal(module.Hash, Portable.Module.Hash);
    }

    [Fact]
    public void An_executable_is_linked_and_its_item_chooses_namespace_and_gas_model()
    {
        using var guest = new Linked.Exports();

        Assert.Equal(GasModel.None, guest.Instance.GasModel);
        Assert.Equal(42UL, guest.Add(40, 2).Value);
        Assert.Equal(Portable.Module.Hash, Linked.Exports.Module.Hash);
    }
}

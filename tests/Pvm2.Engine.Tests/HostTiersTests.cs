using Pvm2.Engine.Tests.Kit;
using Pvm2.Native;
using Pvm2.Runtime.Execution;
using Xunit;

namespace Pvm2.Engine.Tests;

/// <summary>Which tiers are chosen on this machine, and what is said about it.</summary>
public sealed class HostTiersTests
{
    private const ulong Rounds = 1000;

    [Fact]
    public void Everything_is_compiled_before_it_runs_where_there_is_the_native_tier()
    {
        using var governor = HostTiers.CreateGovernor();
        using var instance = LoopGuest.Start(LoopGuest.Make(), governor, Rounds);
        Assert.Equal("auto", governor.Name);
        Assert.Equal(NativeTier.Support.IsSupported ? "native" : "interpreter", instance.CurrentTier.Name);
        Assert.Equal(ExitReason.Halt, instance.Run().Reason);
        LoopGuest.AssertExact(instance, Rounds);
    }

    [Fact]
    public void With_thresholds_everything_starts_in_the_interpreter()
    {
        using var governor = HostTiers.Choose(TierPolicy.Thresholds(500)) is var choice && NativeTier.Support.IsSupported
            ? new Runtime.Governing.Governor(choice.Options with { MaxThreads = 0 })
            : choice.CreateGovernor();
        using var instance = LoopGuest.Start(LoopGuest.Make(), governor, LoopGuest.Endless);
        Assert.Equal("interpreter", instance.CurrentTier.Name);
        Governors.WaitFor(() =>
        {
            Assert.Equal(ExitReason.Cancelled, instance.Run(new RunLimits { Gas = 2000 }).Reason);
            return instance.CurrentTier.Name != "interpreter";
        });
        Assert.Equal(NativeTier.Support.IsSupported ? "native" : "il", instance.CurrentTier.Name);
        LoopGuest.AssertExact(instance, LoopGuest.Endless);
    }

    [Theory]
    [InlineData("interpreter")]
    [InlineData("il")]
    [InlineData("native")]
    public void A_fixed_tier_is_that_or_an_error_that_says_why(string name)
    {
        var offer = HostTiers.Offer(name);
        Assert.Equal(name, offer.Name);
        if (offer.Tier is null)
        {
            var exception = Assert.Throws<PlatformNotSupportedException>(() => HostTiers.Choose(TierPolicy.Fixed(name)));
            Assert.Contains(offer.Reason, exception.Message, StringComparison.Ordinal);
            return;
        }

        var choice = HostTiers.Choose(TierPolicy.Fixed(name));
        Assert.Equal([name], choice.Options.Stages.Select(stage => stage.Tier.Name));
        Assert.Equal(name, choice.ToString());
        using var governor = choice.CreateGovernor();
        LoopGuest.RunToEnd(LoopGuest.Make(), governor, Rounds);
    }

    [Fact]
    public void A_machine_without_the_native_tier_starts_in_the_interpreter_and_goes_on_in_IL()
    {
        var choice = HostTiers.Choose(TierPolicy.Thresholds(1000), without: "native");
        Assert.Equal("il; not native: it was left out", choice.ToString());
        using var governor = choice.CreateGovernor();
        using var instance = LoopGuest.Start(LoopGuest.Make(), governor, LoopGuest.Endless);
        Assert.Equal("interpreter", instance.CurrentTier.Name);
        Governors.WaitFor(() =>
        {
            Assert.Equal(ExitReason.Cancelled, instance.Run(new RunLimits { Gas = 2000 }).Reason);
            return instance.CurrentTier.Name == "il";
        });
        LoopGuest.AssertExact(instance, LoopGuest.Endless);
    }

    [Fact]
    public void A_machine_with_nothing_else_interprets()
    {
        var choice = HostTiers.Choose(null, "native", "il");
        Assert.Equal("interpreter; not native: it was left out; not il: it was left out", choice.ToString());
        using var governor = choice.CreateGovernor();
        LoopGuest.RunToEnd(LoopGuest.Make(), governor, Rounds);
        Assert.Throws<PlatformNotSupportedException>(() => HostTiers.Choose(TierPolicy.Fixed("native"), "native"));
    }

    [Fact]
    public void There_are_no_other_tiers()
    {
        Assert.Throws<ArgumentException>(() => HostTiers.Offer("jit"));
        Assert.Throws<ArgumentException>(() => HostTiers.Choose(TierPolicy.Fixed("jit")));
    }

    [Fact]
    public void A_choice_says_what_it_is_and_why_it_is_no_better()
    {
        var choice = HostTiers.Choose();
        Assert.Equal(
            NativeTier.Support.IsSupported ? "interpreter, then native" : $"il; not native: {NativeTier.Support.Reason}",
            choice.ToString());
        Assert.Equal(TierPolicy.Automatic, choice.Policy);
    }
}

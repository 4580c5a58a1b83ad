using Pvm2.TestKit.Fuzzing;
using Pvm2.TestKit.Tiers;
using Xunit;

namespace Pvm2.Runtime.Tests.Fuzzing;

public sealed class CaseTests
{
    private const ulong MasterSeed = 99;
    private const ulong Cases = 40;

    [Theory]
    [InlineData("0x00c0ffee00c0ffee", 0x00c0ffee00c0ffee, 0)]
    [InlineData("0x7:3", 7, 3)]
    [InlineData("12", 12, 0)]
    public void A_name_is_read(string text, ulong seed, uint variant)
    {
        Assert.True(CaseName.TryParse(text, out var name));
        Assert.Equal(new CaseName(seed, variant), name);
        Assert.True(CaseName.TryParse(name.ToString(), out var again));
        Assert.Equal(name, again);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0x")]
    [InlineData("seed")]
    [InlineData("1:2:3")]
    [InlineData("1:-2")]
    public void What_is_no_name_is_not(string text) => Assert.False(CaseName.TryParse(text, out _));

    /// <summary>All that does not depend on threads: the program, what it does, and where tiers are switched.</summary>
    [Fact]
    public void A_name_makes_the_same_case_each_time()
    {
        TierEntry[] entries = [TierRegistry.Reference, .. TierRegistry.All.Where(entry => entry.Name == "native")];
        var runs = 0L;
        var switches = 0L;
        for (var number = 0UL; number < Cases; number++)
        {
            var name = CaseName.Of(MasterSeed, number);
            var first = new CaseRunner(new FuzzTiers(entries)).Run(name);
            var second = new CaseRunner(new FuzzTiers(entries)).Run(name);

            Assert.Equal(string.Empty, first.Difference);
            Assert.Equal(first.Counts with { Tiers = second.Counts.Tiers, Switches = second.Counts.Switches }, second.Counts);
            Assert.Equal(first.Features, second.Features);
            runs += first.Counts.Runs;
            switches += first.Counts.Switches;
        }

        Assert.InRange(runs, 2 * (long)Cases, long.MaxValue);
        Assert.InRange(switches, 2 * runs, long.MaxValue);
    }
}

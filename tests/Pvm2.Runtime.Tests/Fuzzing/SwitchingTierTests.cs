using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Text;
using Pvm2.TestKit.Tiers;
using Xunit;

namespace Pvm2.Runtime.Tests.Fuzzing;

public sealed class SwitchingTierTests
{
    private const int Runs = 100;

    private const string Source = """
        start:  li a0, 1000
                fallthrough
        loop:   addi a0, a0, -1
                add a1, a1, a0
                bnez a0, loop
                ecalli 0
        """;

    /// <summary>A run without any stop is cut and goes on elsewhere many times, and nobody can tell.</summary>
    [Theory]
    [InlineData(GasModel.Pipeline)]
    [InlineData(GasModel.Flat)]
    [InlineData(GasModel.None)]
    public void A_run_that_moves_between_tiers_is_the_run_on_one(GasModel model)
    {
        var tier = new SwitchingTier([.. TierRegistry.All.Select(entry => entry.Create())], seed: 1);
        var module = Module.Create(Assembler.Assemble(Source).Program!);
        using var expected = module.CreateInstance(new InstanceOptions { GasModel = model });
        using var actual = module.CreateInstance(new InstanceOptions { GasModel = model, Tier = tier });

        for (var run = 0; run < Runs; run++)
        {
            Assert.Equal(expected.Call(), actual.Call());
            Assert.Equal(499_500UL, actual.Registers[11]);
            Assert.Equal((expected.GasLeft, expected.GasUsed), (actual.GasLeft, actual.GasUsed));
        }

        Assert.InRange(tier.Switches, 3 * Runs, 1_000_000);
    }

    [Fact]
    public void A_run_block_by_block_notes_the_blocks_that_it_enters()
    {
        var tier = new BlockCountingTier(TierRegistry.Reference.Create());
        var module = Module.Create(Assembler.Assemble(Source + "\n trap").Program!);
        using var instance = module.CreateInstance(new InstanceOptions { Tier = tier });

        Assert.Equal(ExitReason.HostCall, instance.Call().Reason);
        Assert.Equal([true, true, true, false], tier.Entered);
        Assert.Equal(1002, tier.Executions);
    }
}

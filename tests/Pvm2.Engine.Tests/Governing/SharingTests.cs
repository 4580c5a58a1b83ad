using Pvm2.Engine.Tests.Kit;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Governing;
using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Programs;
using Xunit;

namespace Pvm2.Engine.Tests.Governing;

/// <summary>Modules that were loaded separately share what is compiled, if and only if their programs are the same.</summary>
public sealed class SharingTests
{
    private const ulong Rounds = 1000;

    [Fact]
    public void Modules_of_one_program_share_their_code()
    {
        var tier = new StageTier("only");
        using var governor = Governors.MakeEager(tier);
        var container = ProgramWriter.Write(LoopGuest.Assemble());
        var (one, other) = (Module.Load(container), Module.Load(container));
        LoopGuest.RunToEnd(one, governor, Rounds);
        LoopGuest.RunToEnd(other, governor, Rounds);
        Assert.Equal((1, 2L, 1L), (tier.Prepared, governor.Statistics.Modules, governor.Statistics.Shared));

        // Another price list is other code.
        LoopGuest.RunToEnd(other, governor, Rounds, GasModel.Pipeline);
        LoopGuest.RunToEnd(one, governor, Rounds, GasModel.Pipeline);
        Assert.Equal((2, 4L, 2L), (tier.Prepared, governor.Statistics.Modules, governor.Statistics.Shared));
        GC.KeepAlive(one);
    }

    [Fact]
    public void They_share_their_promotion_too()
    {
        var (low, high) = (new StageTier("low"), new StageTier("high"));
        using var governor = Governors.Make(hotGas: 10_000, low, high);
        var modules = Enumerable.Range(0, 4).Select(_ => LoopGuest.Make()).ToArray();
        foreach (var module in modules)
        {
            LoopGuest.RunToEnd(module, governor, rounds: 1000);
        }

        Assert.Equal((1, 1), (low.Prepared, high.Prepared));
        Assert.InRange(low.GasUsed, 9000, 10_000);
    }

    [Fact]
    public void Programs_that_look_alike_do_not_share()
    {
        // They differ in one number somewhere in a long code, and not in any length.
        var tier = new StageTier("only");
        using var governor = Governors.MakeEager(tier);
        var filler = string.Concat(Enumerable.Repeat(" addi a2, a2, 1\n", 300));
        var modules = Enumerable.Range(1, 12)
            .Select(number => Module.Create(LoopGuest.AssembleText(
                $"main:\n{filler} addi a0, a0, {number}\n addi a0, a0, 1\n{filler} ecalli 0\n"))).ToArray();
        for (var n = 0; n < modules.Length; n++)
        {
            using var instance = LoopGuest.Start(modules[n], governor, Rounds);
            Assert.Equal(ExitReason.Halt, instance.Run().Reason);
            Assert.Equal((ulong)n + 2, instance.Registers[LoopGuest.A0]);
        }

        Assert.Equal((12, 0L), (tier.Prepared, governor.Statistics.Shared));
    }

    [Fact]
    public void The_profiles_do_not_share()
    {
        var tier = new StageTier("only");
        using var governor = Governors.MakeEager(tier);
        Module[] modules = [LoopGuest.Make(Profile.Static), LoopGuest.Make(Profile.Xjar)];
        Assert.All(modules, module => LoopGuest.RunToEnd(module, governor, Rounds));
        Assert.Equal(2, tier.Prepared);
    }

    [Fact]
    public void Sharing_can_be_turned_off()
    {
        var tier = new StageTier("only");
        using var governor = new Governor(Governors.OptionsFor(1, tier) with { SharesCode = false });
        Module[] modules = [LoopGuest.Make(), LoopGuest.Make()];
        Assert.All(modules, module => LoopGuest.RunToEnd(module, governor, Rounds));
        Assert.Equal((2, 0L), (tier.Prepared, governor.Statistics.Shared));
    }

    [Fact]
    public void A_governor_keeps_no_module_alive()
    {
        // More than the table has room for at first, so that it is rebuilt around those that are left.
        var tier = new StageTier("only");
        using var governor = Governors.MakeEager(tier);
        var kept = LoopGuest.Make();
        LoopGuest.RunToEnd(kept, governor, Rounds);
        var gone = Enumerable.Range(0, 200).Select(number => RunAndForget(governor, number)).ToArray();
        Governors.CollectUntil(() => gone.Count(module => module.IsAlive) <= 1);

        LoopGuest.RunToEnd(LoopGuest.Make(), governor, Rounds);
        Assert.Equal((201, 1L), (tier.Prepared, governor.Statistics.Shared));
        LoopGuest.RunToEnd(kept, governor, Rounds);
    }

    private static WeakReference RunAndForget(Governor governor, int number)
    {
        var module = LoopGuest.Make(body: $" addi a2, a2, {number}\n");
        LoopGuest.RunToEnd(module, governor, Rounds);
        return new WeakReference(module);
    }
}

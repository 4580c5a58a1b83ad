using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Text;
using Xunit;

namespace Pvm2.IlJit.Tests.Tiering;

/// <summary>
/// A guest that counts a1 down to zero and a0 up, in a loop of one block, and then halts.
/// </summary>
internal static class LoopGuest
{
    internal const int A0 = 10;
    internal const int A1 = 11;

    /// <summary>Rounds that take as long as any test.</summary>
    internal const ulong Endless = ulong.MaxValue;

    private const string Source = """
            .entry main
        main:
            j       loop
        loop:
            addi    a0, a0, 1
            addi    a1, a1, -1
            bnez    a1, loop
            ecalli  0
            trap
        """;

    /// <summary>The block that is the loop.</summary>
    internal const int LoopBlock = 1;

    /// <summary>Assembles it.</summary>
    internal static Module Make(Profile profile = Profile.Static)
    {
        var result = Assembler.Assemble(Source, new AssemblerOptions { Profile = profile });
        Assert.True(result.Succeeded, string.Join('\n', result.Diagnostics));
        return Module.Create(result.Program);
    }

    /// <summary>An instance that stands at the start.</summary>
    internal static Instance Start(
        Module module, ITier tier, ulong rounds, GasModel model = GasModel.Flat, ulong gas = ulong.MaxValue)
    {
        var calls = new HostCallTable().Register(0, static _ => HostCallAction.Halt);
        var instance = module.CreateInstance(
            new InstanceOptions { Tier = tier, GasModel = model, Gas = gas, HostCalls = calls });
        instance.Start();
        instance.Registers[A1] = rounds;
        return instance;
    }

    /// <summary>Runs for a moment and checks that the run was stopped in the loop, with nothing lost.</summary>
    internal static void RunForAMoment(Instance instance, ulong rounds)
    {
        using var source = new CancellationTokenSource(20);
        Assert.Equal(ExitReason.Cancelled, instance.Run(source.Token).Reason);
        AssertExact(instance, rounds);
    }

    /// <summary>Checks that registers and gas belong together, at the start of the loop or at the end.</summary>
    internal static void AssertExact(Instance instance, ulong rounds)
    {
        var done = instance.Registers[A0];
        Assert.Equal(rounds - done, instance.Registers[A1]);
        var costs = instance.Module.Price(instance.GasModel);
        var isAtEnd = instance.Registers[A1] == 0;
        var others = costs[0] + (isAtEnd ? costs[LoopBlock + 1] : 0);
        Assert.Equal(instance.GasModel == GasModel.None ? null : others + (done * costs[LoopBlock]), instance.GasUsed);
    }
}

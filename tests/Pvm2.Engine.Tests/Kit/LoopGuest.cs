using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Programs;
using Pvm2.Runtime.Text;
using Xunit;

namespace Pvm2.Engine.Tests.Kit;

/// <summary>A guest that counts a1 down to zero and a0 up, in a loop of one block, and then halts.</summary>
internal static class LoopGuest
{
    internal const int A0 = 10;
    internal const int A1 = 11;

    /// <summary>Rounds that take as long as any test.</summary>
    internal const ulong Endless = 1UL << 60;

    private const int LoopBlock = 1;

    /// <summary>The call by which it halts.</summary>
    internal const int HaltCall = 0;

    private static readonly HostCallTable Calls =
        new HostCallTable().Register(HaltCall, static _ => HostCallAction.Halt);

    /// <summary>Its program.</summary>
    /// <param name="body">Instructions in the loop; they leave a0 and a1 alone and end no block.</param>
    internal static GuestProgram Assemble(Profile profile = Profile.Static, string body = "") => AssembleText(
        $"main:\n j loop\nloop:\n{body}\n addi a0, a0, 1\n addi a1, a1, -1\n bnez a1, loop\n ecalli {HaltCall}\n trap\n", profile);

    /// <summary>Its module, another one each time.</summary>
    /// <inheritdoc cref="Assemble" path="/param"/>
    internal static Module Make(Profile profile = Profile.Static, string body = "") => Module.Create(Assemble(profile, body));

    /// <summary>Any program.</summary>
    internal static GuestProgram AssembleText(string source, Profile profile = Profile.Static)
    {
        var result = Assembler.Assemble(source, new AssemblerOptions { Profile = profile });
        Assert.True(result.Succeeded, string.Join('\n', result.Diagnostics));
        return result.Program;
    }

    /// <summary>An instance that stands at the start.</summary>
    internal static Instance Start(
        Module module, ITier tier, ulong rounds, GasModel model = GasModel.Flat, ulong gas = ulong.MaxValue)
    {
        var instance = module.CreateInstance(
            new InstanceOptions { Tier = tier, GasModel = model, Gas = gas, HostCalls = Calls });
        instance.Start();
        instance.Registers[A1] = rounds;
        return instance;
    }

    /// <summary>Runs an instance to its end and checks all that can be seen.</summary>
    internal static void RunToEnd(Module module, ITier tier, ulong rounds, GasModel model = GasModel.Flat)
    {
        using var instance = Start(module, tier, rounds, model);
        Assert.Equal(ExitReason.Halt, instance.Run().Reason);
        Assert.Equal(rounds, instance.Registers[A0]);
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

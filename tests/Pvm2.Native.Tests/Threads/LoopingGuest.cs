using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Text;
using Xunit;

namespace Pvm2.Native.Tests.Threads;

/// <summary>A guest that runs through loops of every kind and ends, after about 1200 instructions a round.</summary>
internal static class LoopingGuest
{
    // A loop that is one block, one that is several, stores and loads, a jump that goes back, and an indirect one.
    private const string Source = """
            .data
        cell:
            .dword 1
            .text
            .entry main
        main:
            li      a1, {rounds}
            la      s0, cell
            j       outer
        outer:
            li      a2, 200
            j       inner
        inner:
            add     a0, a0, a2
            slli    t0, a0, 13
            xor     a0, a0, t0
            addi    a2, a2, -1
            bnez    a2, inner
            li      a2, 20
            j       walk
        walk:
            ld      t1, 0(s0)
            mul     t1, t1, a0
            andi    t2, a0, 1
            bnez    t2, odd
            addi    t1, t1, 1
            j       store
        odd:
            addi    t1, t1, 3
            j       store
        store:
            sd      t1, 0(s0)
            addi    a2, a2, -1
            bnez    a2, walk
            addi    a1, a1, -1
            beqz    a1, done
            {indirect}
            trap
        done:
            ecalli  0
            trap
        """;

    /// <summary>Assembles it.</summary>
    internal static Module Make(Profile profile, int rounds)
    {
        var isStatic = profile == Profile.Static;
        var source = Source.Replace("{rounds}", $"{rounds}", StringComparison.Ordinal)
            .Replace("{indirect}", isStatic ? "li a5, 1\n br_table t, a5" : "la a5, outer\n jr a5", StringComparison.Ordinal);
        var result = Assembler.Assemble((isStatic ? ".table t outer\n" : string.Empty) + source, new AssemblerOptions { Profile = profile });
        Assert.True(result.Succeeded, string.Join('\n', result.Diagnostics));
        return Module.Create(result.Program);
    }

    /// <summary>An instance that stands at the start.</summary>
    internal static Instance Start(Module module, ITier tier, GasModel model)
    {
        var calls = new HostCallTable().Register(0, static _ => HostCallAction.Halt);
        var instance = module.CreateInstance(new InstanceOptions { Tier = tier, GasModel = model, HostCalls = calls });
        instance.Start();
        return instance;
    }
}

using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Text;
using Xunit;

namespace Pvm2.Native.Tests.Threads;

/// <summary>A guest that runs through loops of every kind and ends, after about 350 instructions a round.</summary>
internal static class LoopingGuest
{
    // A loop that is one block, and one of several, with loads and stores, that is closed by an indirect jump.
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
            li      a2, 20
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
            beqz    a2, next
            {indirect}
            trap
        next:
            addi    a1, a1, -1
            bnez    a1, outer
            ecalli  0
            trap
        """;

    private const string Tables = ".table few walk\n.table many odd, store, next, inner, walk\n";

    // By turns through a table whose targets are compared with, and through one that is looked up.
    private const string TableJumps = """
        andi    t2, a2, 1
            li      a5, 1
            bnez    t2, other
            br_table few, a5
            trap
        other:
            li      a5, 9
            br_table many, a5
        """;

    /// <summary>Assembles it.</summary>
    internal static Module Make(Profile profile, int rounds)
    {
        var isStatic = profile == Profile.Static;
        var source = Source.Replace("{rounds}", $"{rounds}", StringComparison.Ordinal)
            .Replace("{indirect}", isStatic ? TableJumps : "la a5, walk\n jalr ra, 0(a5)", StringComparison.Ordinal);
        var result = Assembler.Assemble((isStatic ? Tables : string.Empty) + source, new AssemblerOptions { Profile = profile });
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

using Pvm2.Native.Tests.Kit;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Programs;
using Xunit;

namespace Pvm2.Native.Tests.Compilation;

/// <summary>Programs that are too large for the code arena, or nearly so.</summary>
public sealed class LargeProgramTests
{
    /// <summary>Eight bytes for each entry are 4 GiB and a little.</summary>
    private const int Entries = (1 << 29) + 4;

    [NativeFact]
    public void A_jump_table_that_the_arena_cannot_hold_is_refused()
    {
        using var entries = new ZeroedNumbers(Entries);
        var code = new byte[8];
        Encoder.Write(Encoder.Encode(Encoder.Make(Opcode.BrTable, rs1: 10)), 4, code);
        Encoder.Write(Encoder.Encode(Encoder.Make(Opcode.Trap)), 4, code.AsSpan(4));
        var module = Module.Create(new GuestProgram
        {
            Profile = Profile.Static,
            Code = code,
            JumpTables = new JumpTables(new uint[] { 0, Entries }, entries.Memory),
            EntryPoints = [new EntryPoint("start", 0)],
        });

        Assert.Throws<InsufficientMemoryException>(
            () => module.CreateInstance(new InstanceOptions { Tier = new NativeTier() }));
    }
}

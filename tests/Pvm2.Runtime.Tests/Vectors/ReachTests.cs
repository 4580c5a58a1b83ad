using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Programs;
using Pvm2.TestKit.Tiers;
using Xunit;

namespace Pvm2.Runtime.Tests.Vectors;

/// <summary>Branches and jumps land at the nearest and farthest places that they can name.</summary>
public sealed class ReachTests
{
    private const int Selector = 2;

    public static TheoryData<string, string, int, int> Reaches()
    {
        (string Mnemonic, int Lowest, int Highest)[] reaches =
        [
            ("beq", -4096, 4094), ("bge", -4096, 4094), ("bgeu", -4096, 4094), ("jal", -1048576, 1048574),
            ("c.beqz", -256, 254), ("c.j", -2048, 2046),
        ];
        var data = new TheoryData<string, string, int, int>();
        foreach (var tier in TierRegistry.Names)
        {
            foreach (var (mnemonic, lowest, highest) in reaches)
            {
                data.Add(tier, mnemonic, lowest, highest);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Reaches))]
    public void A_jump_reaches_as_far_as_its_encoding(string tier, string mnemonic, int lowest, int highest)
    {
        var row = InstructionTable.Rows.ToArray().Single(row => row.Mnemonic == mnemonic);
        var prime = row.IsCompressed && row.Family == InstructionFamily.Branch ? (byte)8 : (byte)0;
        var jump = new Instruction(row.Opcode, row.Row, row.Length, 0, prime, 0, 0);
        Assert.False(Encoder.TryEncode(jump with { Immediate = lowest - 2 }, out _));
        Assert.False(Encoder.TryEncode(jump with { Immediate = highest + 2 }, out _));
        foreach (var displacement in new[] { lowest, -4, row.Length, highest })
        {
            foreach (var profile in new[] { Profile.Static, Profile.Xjar })
            {
                Jump(tier, jump with { Immediate = displacement }, profile);
            }
        }
    }

    /// <summary>Fills the way with 2-byte jumps to the next instruction, so that every place on it is a block start.</summary>
    private static void Jump(string tier, in Instruction jump, Profile profile)
    {
        var call = Encoder.Encode(Encoder.Make(Opcode.Ecalli, immediate: Selector));
        var start = Math.Max(0, -jump.Immediate);
        var target = start + jump.Immediate;
        var code = new byte[Math.Max(start + jump.Length, target + 4)];
        for (var offset = 0; offset < code.Length; offset += 2)
        {
            const uint JumpToNext = 0xA009;
            Encoder.Write(JumpToNext, 2, code.AsSpan(offset));
        }

        Encoder.Write(call, 4, code.AsSpan(target));
        Encoder.Write(Encoder.TryEncode(jump, out var bits) ? bits : 0, jump.Length, code.AsSpan(start));
        var program = new GuestProgram
        {
            Profile = profile,
            Code = code,
            EntryPoints = [new EntryPoint("main", (uint)start)],
        };

        using var instance = Module.Create(program).CreateInstance(new InstanceOptions { Tier = TierRegistry.Create(tier) });
        var expected = new Exit(
            ExitReason.HostCall, program.CodeBase + (uint)target + 4, 0, HostCallKind.Selector, Selector);
        Assert.Equal((jump, profile, expected), (jump, profile, instance.Call()));
    }
}

using Pvm2.Runtime.Isa;
using Pvm2.TestKit.Generation;
using Xunit;

namespace Pvm2.Native.Tests.Differential;

/// <summary>That the random programs hold what they are to hold: neighbours that belong together, and how they overlap.</summary>
public sealed class PairCoverageTests
{
    private const int Guests = 1000;
    private const int Often = 100;
    private const int Sometimes = 5;

    [Theory]
    [InlineData(Profile.Static)]
    [InlineData(Profile.Xjar)]
    public void Every_kind_of_pair_occurs_with_every_overlap(Profile profile)
    {
        var counts = new Dictionary<(string Pair, string Overlap), int>();
        for (var seed = 0UL; seed < Guests; seed++)
        {
            Count(LockstepTests.Structured(seed, profile).Program.Code.Span, profile, counts);
        }

        foreach (var pair in Pairs)
        {
            Assert.True(counts.GetValueOrDefault((pair.Name, "")) >= Often, $"{pair.Name}: {counts.GetValueOrDefault((pair.Name, ""))}");
            foreach (var overlap in Overlaps.Where(overlap => pair.CanHave(overlap.Name)))
            {
                var count = counts.GetValueOrDefault((pair.Name, overlap.Name));
                Assert.True(count >= Sometimes, $"{pair.Name} with {overlap.Name}: {count}");
            }
        }
    }

    private static IReadOnlyList<Pair> Pairs { get; } =
    [
        new("mul, mulhu", static (a, b) => a.Opcode == Opcode.Mul && b.Opcode == Opcode.Mulhu && SameSources(a, b), []),
        new("mulhu, mul", static (a, b) => a.Opcode == Opcode.Mulhu && b.Opcode == Opcode.Mul && SameSources(a, b), []),
        new("mul, mulhu swapped", static (a, b) => a.Opcode == Opcode.Mul && b.Opcode == Opcode.Mulhu && Swapped(a, b), ["rs1=rs2"]),
        new("add, sltu", static (a, b) => a.Opcode == Opcode.Add && b.Opcode == Opcode.Sltu && a.Rd == b.Rs1, []),
        new("sltu, add", static (a, b) => a.Opcode == Opcode.Sltu && b.Opcode == Opcode.Add && (a.Rd == b.Rs1 || a.Rd == b.Rs2), []),
        new("sltu, sub", static (a, b) => a.Opcode == Opcode.Sltu && b.Opcode == Opcode.Sub && a.Rd == b.Rs2, []),
        new("lui, addi", static (a, b) => a.Opcode == Opcode.Lui && b.Opcode == Opcode.Addi && a.Rd == b.Rs1, FirstHasNoSource),
        new("slli, srli", static (a, b) => a.Opcode == Opcode.Slli && b.Opcode == Opcode.Srli && a.Rd == b.Rs1, FirstHasOneSource),
        new(
            "compare, branch",
            static (a, b) => a.Opcode is Opcode.Slt or Opcode.Sltu && b.Opcode is Opcode.Beq or Opcode.Bne && a.Rd == b.Rs1 && b.Rs2 == 0,
            ["rd2=rd1", "rd2=rs1", "rd2=rs2"]),
        new(
            "compare constant, branch",
            static (a, b) => a.Opcode is Opcode.Slti or Opcode.Sltiu && b.Opcode is Opcode.Beq or Opcode.Bne && a.Rd == b.Rs1 && b.Rs2 == 0,
            ["rd2=rd1", "rd2=rs1", "rd2=rs2", .. FirstHasOneSource]),
    ];

    private static IReadOnlyList<(string Name, Func<Instruction, Instruction, bool> Has)> Overlaps { get; } =
    [
        ("rd1=rs1", static (a, _) => a.Rd != 0 && a.Rd == a.Rs1),
        ("rd1=rs2", static (a, _) => a.Rd != 0 && a.Rd == a.Rs2),
        ("rs1=rs2", static (a, _) => a.Rs1 != 0 && a.Rs1 == a.Rs2),
        ("rd2=rd1", static (a, b) => a.Rd != 0 && b.Rd == a.Rd),
        ("rd2=rs1", static (a, b) => b.Rd != 0 && b.Rd == a.Rs1),
        ("rd2=rs2", static (a, b) => b.Rd != 0 && b.Rd == a.Rs2),
        ("rd1=x0", static (a, _) => a.Rd == 0),
        ("rd2=x0", static (_, b) => b.Rd == 0),
        ("rs1=x0", static (a, _) => a.Rs1 == 0),
        ("none", static (a, b) => a.Rd != 0 && a.Rd != a.Rs1 && a.Rd != a.Rs2
            && (b.Rd == 0 || (b.Rd != a.Rd && b.Rd != a.Rs1 && b.Rd != a.Rs2))),
    ];

    private static string[] FirstHasOneSource => ["rd1=rs2", "rs1=rs2", "rd2=rs2"];

    private static string[] FirstHasNoSource => ["rd1=rs1", "rd2=rs1", .. FirstHasOneSource];

    private static void Count(ReadOnlySpan<byte> code, Profile profile, Dictionary<(string Pair, string Overlap), int> counts)
    {
        var first = Decoder.Decode(code, 0, profile);
        for (var offset = (int)first.Length; offset < code.Length;)
        {
            var second = Decoder.Decode(code, offset, profile);
            foreach (var pair in Pairs.Where(pair => pair.Is(first, second)))
            {
                counts[(pair.Name, "")] = counts.GetValueOrDefault((pair.Name, "")) + 1;
                foreach (var overlap in Overlaps.Where(overlap => overlap.Has(first, second)))
                {
                    counts[(pair.Name, overlap.Name)] = counts.GetValueOrDefault((pair.Name, overlap.Name)) + 1;
                }
            }

            offset += second.Length;
            first = second;
        }
    }

    private static bool SameSources(Instruction a, Instruction b) => a.Rs1 == b.Rs1 && a.Rs2 == b.Rs2;

    private static bool Swapped(Instruction a, Instruction b) => a.Rs1 == b.Rs2 && a.Rs2 == b.Rs1 && a.Rs1 != a.Rs2;

    /// <param name="Name">For messages.</param>
    /// <param name="Is">Whether two neighbours are such a pair.</param>
    /// <param name="Impossible">Overlaps that it cannot have.</param>
    private sealed record Pair(string Name, Func<Instruction, Instruction, bool> Is, string[] Impossible)
    {
        public bool CanHave(string overlap) => !Impossible.Contains(overlap);
    }
}

using System.Globalization;
using System.Text;
using Pvm2.Runtime.Isa;
using Pvm2.TestKit;
using Xunit;
using Xunit.Abstractions;

namespace Pvm2.Runtime.Tests.Text.Llvm;

/// <summary>Whole sources with pseudo-instructions, labels and branches of all lengths, assembled by us and by LLVM.</summary>
public sealed class SourceComparisonTests(ITestOutputHelper output)
{
    private const string PseudoInstructions = """
        # comments of each kind
        start:                          // a label of its own
            nop; nop                    /* two statements
                                           and two lines of comment */
            mv a0, a1
            mv s0, zero
            not a2, a3
            neg a0, a5
            negw a0, a5
            sext.w t0, t1
            sext.b a0, a1
            sext.h a0, a1
            zext.b a0, a1
            zext.h a0, a1
            zext.w a0, a1
            seqz a0, a1
            snez a0, a1
            sltz a0, a1
            sgtz a0, a1
            sgt a0, a1, a2
            sgtu a0, a1, a2
        1:  beqz a0, 1b
            bnez t0, 1f
            blez a0, start
            bgez a0, start
            bltz a0, start
            bgtz a0, start
            bgt a0, a1, 1f
            ble a0, a1, 1b
        1:  bgtu a0, a1, 1b
            bleu a0, a1, start
            j start
            jal start
            jal t0, start
            jr a0
            jr 8(a0)
            jalr a0
            jalr a0, a1
            jalr 12(a1)
            jalr t0, -4(a1)
            ret
            fence
            fence rw, w
            fence.tso
            fence.i
            pause
            ecall
            ebreak
            add a0, a1, 5
            addw a0, a1, -5
            and a0, a0, 15
            or a0, a1, 15
            xor a0, a1, -1
            slt a0, a1, 3
            sltu a0, a1, 3
            sll a0, a0, 3
            srl a0, a0, 3
            sra a0, a0, 3
            sllw a0, a1, 3
            srlw a0, a1, 3
            sraw a0, a1, 3
            ror a0, a1, 9
            rorw a0, a1, 9
            bset a0, a1, 63
            bclr a0, a1, 63
            binv a0, a1, 63
            bext a0, a1, 63
            lw a0, (a1)
            sd x10, 0x10 (x2)
            lbu fp, -1(s0)
            .option push
            .option norvc
            mv a0, a1
            lui a0, 16
            .option pop
            c.addi a0, 1
            lui a0, 16
            c.addi16sp sp, -64
            c.addi4spn a0, sp, 8
            .balign 8
            addi a0, a0, 'a'
            .p2align 4
            ld ra, 8(sp)
            sd ra, 0(sp)
            jr ra
        """;

    private const string Expressions = """
            .equ four, 4
            .set twelve, four * 3
            five = four + 1
            addi a0, a0, twelve
            addi a0, a0, (four + 1) * 2 - -1
            addi a0, a0, 1 << four | 3
            addi a0, a0, 0x7ff & ~0x0f0
            addi a0, a0, 07 + 0b101
            addi a0, a0, 100 / 7 % 4
            addi a0, a0, 6 ^ five
            addi a0, a0, 'A'
            addi a0, a0, '\n'
            addi a0, a0, -(2 + 3)
            addi a0, a0, 1 + 2 << 1
            addi a0, a0, 7 - 2 | 8
            addi a0, a0, (1 << 40) >> 35
            lui a0, %hi(0x12345fff)
            addi a0, a0, %lo(0x12345fff)
            lw a1, %lo(0x800)(a0)
        here:
            .byte 1, 2, -1, 255
            .half 0x1234, -2
            .word here - end, end - here
            .dword 0x123456789abcdef0, -1, 'x'
            .ascii "abc\n\t\"\\\101\x41"
            .asciz "def", ""
            .string "ü"
            .zero 5
            .balign 4
        end:
            j .
            bnez a0, here
        """;

    [ToolFact(LlvmTools.Assembler)]
    public void Pseudo_instructions_are_the_same()
    {
        AssertSame(PseudoInstructions, compress: true);
        AssertSame(PseudoInstructions.Replace("c.", "# c.", StringComparison.Ordinal), compress: false);
    }

    [ToolFact(LlvmTools.Assembler)]
    public void Expressions_and_data_are_the_same() => AssertSame(Expressions, compress: true);

    [ToolFact(LlvmTools.Assembler)]
    public void Branches_grow_alike()
    {
        var random = new Random(9);
        for (var round = 0; round < 8; round++)
        {
            AssertSame(RandomBranches(random, statements: 3000), compress: true);
        }

        AssertSame(RandomBranches(random, statements: 3000).Replace("c.", string.Empty, StringComparison.Ordinal), compress: false);
    }

    /// <summary>Branches and jumps to random labels over stretches of random length, around the reach of each form.</summary>
    private static string RandomBranches(Random random, int statements)
    {
        string[] branches =
        [
            "beqz a0,", "bnez a5,", "beq a0, a1,", "bne t0, zero,", "blt a0, a1,", "bge a0, a1,",
            "bltu a0, a1,", "bgeu a0, a1,", "bgtz a0,", "j", "jal", "jal t0,", "beq zero, s1,",
        ];
        var source = new StringBuilder();
        for (var i = 0; i < statements; i++)
        {
            source.Append(CultureInfo.InvariantCulture, $"label{i}:\n");
            var distance = random.Next(4) switch { 0 => 60, 1 => 500, _ => 30 };
            var target = Math.Clamp(i + random.Next(-distance, distance), 0, statements - 1);
            source.Append(CultureInfo.InvariantCulture, $"  {branches[random.Next(branches.Length)]} label{target}\n");
            var filler = random.Next(20) switch { 0 => ".balign 8", 1 => "c.j label" + target, 2 => ".zero 64", _ => "addi a0, a0, 1" };
            source.Append(CultureInfo.InvariantCulture, $"  {(filler.StartsWith("c.", StringComparison.Ordinal) && distance == 500 ? "nop" : filler)}\n");
        }

        return source.ToString();
    }

    private void AssertSame(string source, bool compress)
    {
        var theirs = LlvmTools.Assemble(source, compress);
        var ours = Assembly.Program(source, Profile.Xjar, compress).Code.ToArray();
        var first = theirs.AsSpan().CommonPrefixLength(ours);
        Assert.True(
            theirs.AsSpan().SequenceEqual(ours),
            $"{theirs.Length} bytes of LLVM's and {ours.Length} of ours differ from 0x{first:x} on: "
            + $"{Convert.ToHexStringLower(theirs.AsSpan(first..Math.Min(first + 16, theirs.Length)))} and "
            + $"{Convert.ToHexStringLower(ours.AsSpan(first..Math.Min(first + 16, ours.Length)))}");
        output.WriteLine($"{source.AsSpan().Count('\n')} lines, {ours.Length} bytes");
    }
}

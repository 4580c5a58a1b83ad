using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Text;
using Xunit;

namespace Pvm2.Runtime.Tests.Text;

/// <summary>Every error has its place and a sentence, and none hides another.</summary>
public sealed class ErrorTests
{
    [Theory]
    [InlineData("frob a0, a1", "1:1: 'frob' is no instruction of PVM2.")]
    [InlineData("addi a0, a1", "1:1: These operands do not suit addi. It is written: addi rd, rs1, imm.")]
    [InlineData("jr", "1:1: These operands do not suit jr. It is written: jr rs; jr imm(rs); jr rs, imm.")]
    [InlineData("addi a0, a1, 2048", "1:14: 2048 does not fit addi, which takes -2048 to 2047.")]
    [InlineData("slliw a0, a1, 32", "1:15: 32 does not fit slliw, which takes 0 to 31.")]
    [InlineData("lui a0, -1", "1:9: -1 does not fit lui, which takes 0 to 1048575.")]
    [InlineData("c.lui a0, 32", "1:11: 32 does not fit c.lui, which takes 1 to 31 and 0xfffe0 to 0xfffff.")]
    [InlineData("c.lw a0, 2(a1)", "1:10: 2 does not fit c.lw, which takes 0 to 124 in steps of 4.")]
    [InlineData("c.sub a0, t0", "1:11: c.sub cannot name t0 here; it takes s0, s1 and a0 to a5.")]
    [InlineData("c.lwsp a0, 4(a1)", "1:14: c.lwsp cannot name a1 here; it takes sp.")]
    [InlineData("c.addi16sp sp, 0", "1:1: c.addi16sp needs an immediate other than 0.")]
    [InlineData("c.addiw zero, 1", "1:1: c.addiw needs a destination other than zero (x0).")]
    [InlineData("c.mv a0, zero", "1:1: c.mv with these operands is the encoding of another instruction.")]
    [InlineData("add a0, a1, x16", "1:13: The register x16 does not exist: RV64E has x0 to x15.")]
    [InlineData("add a0, a6, a1", "1:9: The register a6 does not exist: RV64E has x0 to x15.")]
    [InlineData("lw a0, 4(t3)", "1:10: The register t3 does not exist: RV64E has x0 to x15.")]
    [InlineData("add a0, gp, a1", "1:9: The static profile forbids gp: x3 (gp) and x4 (tp) do not exist in it.")]
    [InlineData("li tp, 1", "1:4: The static profile forbids tp: x3 (gp) and x4 (tp) do not exist in it.")]
    [InlineData("lw a0, 4(a1", "1:12: The base register needs a closing parenthesis.")]
    [InlineData("lw a0, 4(foo)", "1:10: Expected a base register, found 'foo'.")]
    [InlineData("addi a0, a1, (2", "1:16: A closing parenthesis is missing.")]
    [InlineData("addi a0, a1,", "1:13: An operand is missing at the end of the line.")]
    [InlineData("addi a0, a1, 1 2", "1:16: Expected the end of the line or a comma, found '2'.")]
    [InlineData("addi a0, a1, 1 / 0", "1:16: Division by zero.")]
    [InlineData("addi a0, a1, foo", "1:14: 'foo' is not defined.")]
    [InlineData("addi a0, a1, 0x", "1:14: '0x' is no number of at most 64 bits.")]
    [InlineData("addi a0, a1, 09", "1:14: '09' is no number of at most 64 bits.")]
    [InlineData("li a0, 0x12345678123456789", "1:8: '0x12345678123456789' is no number of at most 64 bits.")]
    [InlineData("addi a0, a1, %low(3)", "1:14: %low is unknown; there are %hi, %lo, %pcrel_hi and %pcrel_lo.")]
    [InlineData("addi a0, a1, '", "1:14: A character constant needs a character.")]
    [InlineData("fence wr, r", "1:7: A fence takes letters of 'iorw' in this order, or 0 for none.")]
    [InlineData("j 1b", "1:3: There is no label '1:' before this.")]
    [InlineData("j 1f", "1:3: There is no label '1:' after this.")]
    [InlineData("j 3", "1:3: The target of j is 3 bytes away, which is beyond its reach: -1048576 to 1048574 in steps of 2.")]
    [InlineData("ecalli 2048", "1:8: 2048 does not fit ecalli, which takes -2048 to 2047.")]
    [InlineData("br_table nowhere, ra", "1:10: 'nowhere' is not defined.")]
    [InlineData("@", "1:1: The character '@' has no meaning here.")]
    [InlineData("5 + 5", "1:1: A statement begins with a label, an instruction or a directive, not with '5'.")]
    [InlineData("/* no end", "1:1: The comment that starts here has no end.")]
    [InlineData(".frob 1", "1:1: The directive .frob is unknown.")]
    [InlineData(".byte 256", "1:7: 256 does not fit 1 byte.")]
    [InlineData(".word 0x100000000", "1:7: 4294967296 does not fit 4 bytes.")]
    [InlineData(".ascii foo", "1:8: .ascii needs a string in double quotes.")]
    [InlineData(".asciz \"foo", "1:8: The string has no closing quote.")]
    [InlineData(".asciz \"\\q\"", "1:8: The escape '\\q' is unknown.")]
    [InlineData(".balign 3", "1:1: An alignment is a power of two, which 3 is not.")]
    [InlineData(".zero -1", "1:7: .zero takes 0 to 264241152, not -1.")]
    [InlineData(".profile both", "1:1: The profiles are static and xjar.")]
    [InlineData("nop; .profile xjar", "1:6: .profile must stand before the first instruction.")]
    [InlineData(".option fast", "1:1: .option takes rvc, norvc, push, or pop after a push.")]
    [InlineData(".section .frob", "1:1: There is no section '.frob'; there are .text, .rodata, .data and .bss.")]
    [InlineData(".data; nop", "1:8: Instructions belong into .text.")]
    [InlineData(".bss; .byte 0", "1:7: .bss holds only zeros, by .zero and alignment.")]
    [InlineData(".region text, 0x10000", "1:9: The regions are rodata, stack, data and heap.")]
    [InlineData(".region data, 0x10001", "1:1: A region's address and size are multiples of 4096.")]
    [InlineData(".heap 0x100000000", "1:1: The region heap would end at 0x100010000, beyond the address space of 4 GiB.")]
    [InlineData(".entry 5", "1:8: .entry needs a name here.")]
    [InlineData(".equ a, b; .equ b, a; addi a0, a0, a", "1:20: 'a' is defined by itself.")]
    [InlineData("ret", "1:1: The static profile has no ret: to call, load the handle of the return point (li ra, 2*i+1, where i is its place in a .table) and jump; to return, br_table through that table with ra.")]
    [InlineData("jalr a0", "1:1: The static profile has no jalr: list the targets in a .table and jump with br_table.")]
    [InlineData("auipc a0, 0", "1:1: The static profile has no auipc: a program counter is no address in it. Load data with la.")]
    [InlineData("ecall", "1:1: The static profile has no ecall: host calls are ecalli and ecall.jar.")]
    [InlineData("c.ebreak", "1:1: The static profile has no c.ebreak: trap ends a run.")]
    public void An_error_has_its_place_and_a_sentence(string source, string expected) =>
        Assert.Equal([expected], Assembly.Errors(source + "\n"));

    [Theory]
    [InlineData("la a0, here", 8)]
    [InlineData("li a0, here", 8)]
    [InlineData("lui a0, %hi(here)", 13)]
    [InlineData("lw a0, here", 8)]
    [InlineData(".data; .dword here", 15)]
    [InlineData("addi a0, a0, here * 2", 14)]
    public void In_the_static_profile_code_has_no_address(string use, int column) => Assert.Equal(
        [$"2:{column}: In the static profile a place in code has no address. Jump to it by its label, or "
            + "put the label in a .table and use its handle 2*k+1, k its place in the table."],
        Assembly.Errors($"here: trap\n{use}"));

    [Fact]
    public void In_xjar_there_are_no_tables() => Assert.Equal(
        ["2:1: The xjar profile has no br_table: jump with jalr."],
        Assembly.Errors("    .table t here\nbr_table t, a0\nhere: trap", Profile.Xjar));

    [Fact]
    public void All_errors_are_found() => Assert.Equal(
        [
            "1:22: 5000 does not fit addi, which takes -2048 to 2047.",
            "2:1: 'frob' is no instruction of PVM2.",
            "3:5: 'missing' is not defined.",
            "3:16: 'other' is not defined.",
            "4:3: 'twice' is already defined in line 1.",
        ],
        Assembly.Errors("twice: addi a0,  a0, 5000\nfrob\nj   missing; j other\n  twice: trap"));

    [Fact]
    public void A_target_that_is_no_block_start_is_named_at_its_label()
    {
        const string Source = """
                .table t inner
                nop
            loop:
                nop
            inner:
                nop
                bnez a0, loop
                br_table t, a0
                trap
            """;

        Assert.Equal(
            [
                "3:1: 'loop' is jumped to, but no basic block starts here: put a fallthrough before it.",
                "5:1: 'inner' is jumped to, but no basic block starts here: put a fallthrough before it.",
            ],
            Assembly.Errors(Source));
        Assert.NotEmpty(Assembly.Code(Source.Replace("loop:", "fallthrough; loop:", StringComparison.Ordinal).Replace("inner:", "fallthrough; inner:", StringComparison.Ordinal)));
        Assert.NotEmpty(Assembly.Code(Source.Replace(".table t inner", string.Empty, StringComparison.Ordinal).Replace("br_table t, a0", "jr a0", StringComparison.Ordinal), Profile.Xjar));
    }

    [Fact]
    public void What_would_be_rejected_is_no_program()
    {
        Assert.Equal(
            ["2:1: The program would be rejected. Code at 0x4 (73100000): illegal instruction: control and status registers and privileged instructions are not part of PVM2"],
            Assembly.Errors("trap\n.word 0x1073"));
        Assert.Equal(
            ["1:1: There is no code: a program begins at an instruction."],
            Assembly.Errors("# nothing\n"));
    }

    [Fact]
    public void Hostile_sources_end_in_errors()
    {
        const string Deep = "The expression is nested too deeply.";
        const string Long = "The expression has too many operators.";
        Assert.Equal([Deep], Messages($"addi a0, a0, {new string('(', 100_000)}1"));
        Assert.Equal([Deep], Messages($"addi a0, a0, {new string('-', 100_000)}1"));
        Assert.Equal([Long], Messages($"addi a0, a0, 0{string.Concat(Enumerable.Repeat("+0", 100_000))}"));

        var chain = string.Concat(Enumerable.Range(0, 5000).Select(i => $".equ v{i}, v{i + 1}+1\n"));
        Assert.Equal([Deep], Messages($"{chain}addi a0, a0, v0").Distinct());

        // Sizes that no machine has.
        Assert.NotEmpty(Messages(".zero 0x7fffffff; trap"));
        Assert.NotEmpty(Messages(string.Concat(Enumerable.Repeat(".zero 264000000\n", 100))));
        Assert.Equal(0xFFFE_0000u, Assembly.Program(".bss; .zero 0xfffe0000; .text; trap").ReadWriteData.Size);

        static IEnumerable<string> Messages(string source) =>
            Assembly.Errors(source).Select(e => e[(e.IndexOf(": ", StringComparison.Ordinal) + 2)..]);
    }

    [Fact]
    public void Damaged_sources_never_throw()
    {
        const string Source = """
                .profile static # one of each
                .stack 0x1000; .heap 4096; .entry main, start; .note "k", "v"
                .table t start, 1f
                .region rodata, 0x20000, 0x1000
                .rodata
            text: .asciz "a\n\x41" ; .dword text, -1, 'x', (1 + 2) * 3 >> 1
                .data; .balign 8; .zero 4
            start: .text
            1:  la a0, text; lw a1, %lo(text)(a0); li a2, 0x123456789ab
                beqz a0, 1b; j 1f; br_table t, ra; ecalli 5
            1:  fence rw, w; c.addi a0, -1 /* end */; trap
            """;
        var random = new Random(30);
        var assembled = 0;
        for (var i = 0; i < 10_000; i++)
        {
            var text = Source.ToCharArray();
            for (var damage = random.Next(4); damage >= 0; damage--)
            {
                text[random.Next(text.Length)] = random.Next(3) == 0 ? (char)random.Next(0x3000) : Source[random.Next(Source.Length)];
            }

            var from = random.Next(8) == 0 ? random.Next(text.Length) : 0;
            var result = Assembler.Assemble(new string(text, from, text.Length - from));
            Assert.True(result.Succeeded || result.Diagnostics.Count != 0);
            assembled += result.Succeeded ? 1 : 0;
        }

        Assert.InRange(assembled, 1, 9_000);
    }
}

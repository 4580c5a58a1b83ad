using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Programs;
using Pvm2.Runtime.Text;
using Xunit;

namespace Pvm2.Runtime.Tests.Text;

public sealed class AssemblerTests
{
    [Fact]
    public void A_small_program_has_the_bytes_and_regions_that_it_says()
    {
        var program = Assembly.Program("""
            # Adds the numbers of a table.
                .stack 8192
                .heap 1
                .rodata
            table:  .dword 1, 2, 0x10   // three of them
            end:
                .data
            sum:    .word 0
                .bss
            room:   .zero 100
                .text
            main:
                la   a0, table
                la   a1, end
                li   a2, 0
                fallthrough
            1:  ld   a3, (a0)
                add  a2, a2, a3; addi a0, a0, 8
                bne  a0, a1, 1b
                sw   a2, sum, t0 /* the result */
                mv   a0, a2
                ecalli 0
                trap
            """);

        Assert.Equal(
            "4165" // c.lui a0, 16
            + "c165e105" // la a1, end: c.lui, c.addi
            + "0146" + "0b400000" // c.li, fallthrough
            + "146136962105" // c.ld, c.add, c.addi
            + "e31db5fe" // bne
            + "b732010023a0c200" // sw a2, sum, t0
            + "3285" + "0b200000" + "0b000000",
            Convert.ToHexStringLower(program.Code.Span));
        Assert.Equal([(0x1_0000u, 0x1000u), (0x1_3000u, 0x1000u), (0x1_1000u, 0x2000u), (0x1_4000u, 0x1000u)], program.Regions.Select(r => (r.Address, r.Size)));
        Assert.Equal([new EntryPoint("main", 0)], program.EntryPoints);
        Assert.Equal([new CodeSymbol("main", 0)], program.Symbols);
    }
}

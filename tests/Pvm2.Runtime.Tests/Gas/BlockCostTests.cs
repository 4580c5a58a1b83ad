using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Programs;
using Pvm2.Runtime.Tests.Execution;
using Xunit;
using static Pvm2.Runtime.Tests.Execution.Guest;

namespace Pvm2.Runtime.Tests.Gas;

/// <summary>
/// Prices worked out by hand from the PVM2 gas specification. "c2 u3 s4 e5" reads: in cycle 2, three slots used,
/// the instruction starts at 4 and ends at 5. The price is the last end less 3, and at least 1.
/// </summary>
public sealed class BlockCostTests
{
    [Fact]
    public void A_short_block_costs_one()
    {
        // trap: c0 u1 s0 e2: 2 − 3 is below 1. The same for fallthrough.
        AssertFirstCost(1, g => g.Emit(Opcode.Trap));
        AssertFirstCost(1, g => g.Emit(Opcode.Fallthrough));
    }

    [Fact]
    public void Terminators_have_their_latency()
    {
        AssertFirstCost(12, g => g.Emit(Opcode.Jal));                                   // e15
        AssertFirstCost(17, g => g.Emit(Opcode.Beq));                                   // e20
        AssertFirstCost(97, g => g.Emit(Opcode.Ecalli));                                // e100
        AssertFirstCost(97, g => g.Emit(Opcode.EcallJar));                              // e100
        AssertFirstCost(19, g => g.Table(0).Emit(Opcode.BrTable, 0, Ra));               // e22
        AssertFirstCost(19, g => g.Emit(Opcode.Jalr, 0, Ra), Profile.Xjar);             // e22
    }

    [Fact]
    public void A_load_delays_its_reader() => AssertFirstCost(23, g => g
        .Emit(Opcode.Ld, A1, A0)                  // c0 u1 s0 e25
        .Emit(Opcode.Addi, A1, A1, 0, 1)          // c0 u2 s25 e26: rd is a source, one slot
        .Emit(Opcode.Trap));                      // c0 u3 s0 e2

    [Fact]
    public void A_load_to_x0_delays_nothing() => AssertFirstCost(22, g => g
        .Emit(Opcode.Ld, Zero, A0)                // c0 u1 s0 e25
        .Emit(Opcode.Addi, A1, Zero, 0, 1)        // c0 u3 s0 e1
        .Emit(Opcode.Trap));                      // c0 u4 s0 e2

    [Fact]
    public void A_store_waits_for_both_sources() => AssertFirstCost(47, g => g
        .Emit(Opcode.Ld, A1, A0)                  // c0 u1 s0 e25
        .Emit(Opcode.Mul, A2, A0, A0)             // c0 u3 s0 e3: rd is no source, two slots
        .Emit(Opcode.Mul, A2, A2, A2)             // c0 u4 s3 e6
        .Emit(Opcode.Sd, 0, A2, A1)               // c1 u1 s25 e50
        .Emit(Opcode.Sd, 0, A2, A2)               // c1 u2 s6 e31
        .Emit(Opcode.Trap));                      // c1 u3 s1 e3

    [Fact]
    public void A_chain_of_products_ends_in_a_branch() => AssertFirstCost(26, g => g
        .Emit(Opcode.Mul, A2, A0, A1)             // c0 u2 s0 e3
        .Emit(Opcode.Mul, A2, A2, A2)             // c0 u3 s3 e6
        .Emit(Opcode.Mul, A2, A2, A2)             // c0 u4 s6 e9
        .Emit(Opcode.Beq, 0, A2, 0, -12));        // c1 u1 s9 e29

    [Fact]
    public void Decoding_is_four_slots_a_cycle_and_never_splits_an_instruction()
    {
        // Ten sltu of three slots: the first of each pair leaves one slot free, so the second still fits in.
        // The pairs decode in cycles 0 to 4 and end at 3 to 7. trap: c5 u1 s5 e7.
        AssertFirstCost(4, g =>
        {
            for (var i = 0; i < 10; i++)
            {
                g.Emit(Opcode.Sltu, A0, A1, A2);
            }

            return g.Emit(Opcode.Trap);
        });
    }

    [Fact]
    public void Divisions_are_long() => AssertFirstCost(117, g => g
        .Emit(Opcode.Div, A0, A0, A1)             // c0 u4 s0 e60
        .Emit(Opcode.Remuw, A2, A0, A1)           // c1 u4 s60 e120
        .Emit(Opcode.Trap));                      // c2 u1 s2 e4

    /// <summary>
    /// After an instruction of n slots come 4 − n fillers of one slot (sext.b), and then a division that decodes, and
    /// so starts, in cycle 1; with one filler fewer it starts in cycle 0.
    /// </summary>
    [Theory]
    [InlineData(Opcode.Add, A0, A0, A1, 1)]
    [InlineData(Opcode.Add, A0, A1, A0, 1)]
    [InlineData(Opcode.Add, A0, A1, A2, 2)]
    [InlineData(Opcode.Add, Zero, Zero, Zero, 2)]
    [InlineData(Opcode.Sub, A0, A1, A2, 2)]
    [InlineData(Opcode.Sh3add, A0, A1, A0, 1)]
    [InlineData(Opcode.AddUw, A0, A1, A2, 2)]
    [InlineData(Opcode.Bset, A0, A0, A2, 1)]
    [InlineData(Opcode.Sll, A0, A0, A1, 2)]
    [InlineData(Opcode.Sll, A0, A1, A0, 3)]
    [InlineData(Opcode.Rol, A0, A1, A2, 3)]
    [InlineData(Opcode.Sllw, A0, A0, A1, 3)]
    [InlineData(Opcode.Addw, A0, A0, A1, 2)]
    [InlineData(Opcode.Addw, A0, A1, A2, 3)]
    [InlineData(Opcode.Mul, A0, A0, A1, 1)]
    [InlineData(Opcode.Mulw, A0, A1, A2, 3)]
    [InlineData(Opcode.Slt, A0, A0, A1, 3)]
    [InlineData(Opcode.Andn, A0, A0, A1, 3)]
    [InlineData(Opcode.Xnor, A0, A0, A1, 2)]
    [InlineData(Opcode.Max, A0, A0, A1, 2)]
    [InlineData(Opcode.Minu, A0, A1, A2, 3)]
    [InlineData(Opcode.CzeroEqz, A0, A0, A1, 2)]
    [InlineData(Opcode.Lui, A0, 0, 0, 2)]
    [InlineData(Opcode.Clz, A0, A1, 0, 1)]
    [InlineData(Opcode.Fence, 0, 0, 0, 1)]
    public void Slots_are_those_of_the_table(Opcode opcode, int rd, int rs1, int rs2, int slots)
    {
        for (var fillers = 3 - slots; fillers <= 4 - slots; fillers++)
        {
            if (fillers < 0)
            {
                continue;
            }

            var cycle = slots + fillers >= 4 ? 1u : 0u;
            AssertFirstCost(57 + cycle, g =>
            {
                g.Emit(opcode, rd, rs1, rs2);
                for (var i = 0; i < fillers; i++)
                {
                    g.Emit(Opcode.SextB, T0, T1);
                }

                return g.Emit(Opcode.Div, A5, T2, T2).Emit(Opcode.Trap);
            });
        }
    }

    [Theory]
    [InlineData(Opcode.Add, 1)]
    [InlineData(Opcode.Addi, 1)]
    [InlineData(Opcode.Slt, 3)]
    [InlineData(Opcode.Slti, 1)]
    [InlineData(Opcode.Addw, 2)]
    [InlineData(Opcode.Addiw, 2)]
    [InlineData(Opcode.Sraw, 2)]
    [InlineData(Opcode.Mul, 3)]
    [InlineData(Opcode.Mulw, 4)]
    [InlineData(Opcode.Mulh, 4)]
    [InlineData(Opcode.Mulhu, 4)]
    [InlineData(Opcode.Mulhsu, 6)]
    [InlineData(Opcode.Rem, 60)]
    [InlineData(Opcode.Divuw, 60)]
    [InlineData(Opcode.Clzw, 1)]
    [InlineData(Opcode.Ctz, 2)]
    [InlineData(Opcode.Min, 3)]
    [InlineData(Opcode.Orn, 2)]
    [InlineData(Opcode.Xnor, 2)]
    [InlineData(Opcode.Sh1addUw, 1)]
    [InlineData(Opcode.SlliUw, 1)]
    [InlineData(Opcode.Bexti, 1)]
    [InlineData(Opcode.CzeroNez, 2)]
    [InlineData(Opcode.Rorw, 2)]
    [InlineData(Opcode.OrcB, 1)]
    [InlineData(Opcode.Lb, 25)]
    public void Results_are_ready_after_the_latency_of_the_table(Opcode opcode, uint latency) =>
        // The division starts when the result is there, in whatever cycle it was decoded (0 or 1).
        AssertFirstCost(latency + 57, g => g
            .Emit(opcode, A0, A0)
            .Emit(Opcode.Div, A5, A0, A0)
            .Emit(Opcode.Trap));

    [Fact]
    public void Registers_that_xjar_may_spill_cost_a_memory_latency_for_each_operand()
    {
        // add gp, gp, tp: 1 + 3·25 = e76; trap: e2.
        AssertFirstCost(73, g => g.Emit(Opcode.Add, Gp, Gp, Tp).Emit(Opcode.Trap), Profile.Xjar);

        // jalr gp, 0(tp): 22 + 2·25, although its row has no destination.
        AssertFirstCost(69, g => g.Emit(Opcode.Jalr, Gp, Tp), Profile.Xjar);

        // ld a0, 0(gp): 25 + 25.
        AssertFirstCost(47, g => g.Emit(Opcode.Ld, A0, Gp).Emit(Opcode.Trap), Profile.Xjar);

        // c.add gp, tp expands to add gp, gp, tp.
        AssertFirstCost(73, g => g.Halfword(0x9192).Emit(Opcode.Trap), Profile.Xjar);
    }

    [Fact]
    public void What_cannot_run_is_priced_as_a_trap()
    {
        // An illegal encoding: c0 u1 s0 e2.
        AssertFirstCost(1, g => g.Word(0xFFFF_FFFF), Profile.Xjar);

        // ecall is no terminator: c0 u1 s0 e2, and the div after it c0 u5 s0 e60.
        AssertFirstCost(57, g => g.Emit(Opcode.Ecall).Emit(Opcode.Div, A0, A0, A0).Emit(Opcode.Trap), Profile.Xjar);
    }

    [Theory]
    [InlineData(2048u, 22u)]
    [InlineData(2049u, 47u)]
    [InlineData(8192u, 47u)]
    [InlineData(8193u, 72u)]
    [InlineData(65536u, 72u)]
    [InlineData(65537u, 97u)]
    public void Memory_latency_grows_with_the_pages_declared(uint pages, ulong cost)
    {
        // ld: e25, e50, e75 or e100. The pages are shared out to three regions.
        var guest = new Guest().Emit(Opcode.Ld, A0).Emit(Opcode.Trap);
        guest.ReadOnly(0x1_0000, 0x1000).Stack(0x2_0000, 0x1000).Heap(0x10_0000, (pages - 2) * 0x1000);
        Assert.Equal(cost, Module.Create(guest.Build()).Price(GasModel.Pipeline)[0]);
    }

    [Fact]
    public void Pages_of_xjar_code_are_part_of_the_footprint()
    {
        foreach (var (pages, cost) in new[] { (2047u, 22u), (2048u, 47u) })
        {
            var guest = new Guest(Profile.Xjar).Emit(Opcode.Ld, A0).Emit(Opcode.Trap);
            guest.Heap(AddressSpace.DataBase, pages * 0x1000);
            Assert.Equal(cost, Module.Create(guest.Build()).Price(GasModel.Pipeline)[0]);
        }
    }

    [Fact]
    public void The_flat_model_counts_instructions_and_none_charges_nothing()
    {
        var guest = new Guest().Emit(Opcode.Div, A0, A1, A2).Halfword(0x0001).Emit(Opcode.Fallthrough);
        guest.Emit(Opcode.Trap).Emit(Opcode.Fence).Emit(Opcode.Jal, 0, 0, 0, -4);
        var module = Module.Create(guest.Build());

        Assert.Equal([3UL, 1UL, 2UL], module.Price(GasModel.Flat).Costs.ToArray());
        Assert.Equal([0UL, 0UL, 0UL], module.Price(GasModel.None).Costs.ToArray());
        Assert.Same(module.Price(GasModel.Flat), module.Price(GasModel.Flat));
    }

    private static void AssertFirstCost(ulong expected, Func<Guest, Guest> emit, Profile profile = Profile.Static)
    {
        var module = Module.Create(emit(new Guest(profile)).Build());
        Assert.Equal(expected, module.Price(GasModel.Pipeline)[0]);
    }
}

using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Programs;
using Pvm2.Runtime.Tests.Programs;
using Xunit;

namespace Pvm2.Runtime.Tests.Gas;

/// <summary>The pricer against the sentences of the gas specification, and against the table of prices.</summary>
public sealed class BlockPricerTests
{
    [Theory]
    [InlineData(Profile.Static, 1u)]
    [InlineData(Profile.Static, 5000u)]
    [InlineData(Profile.Xjar, 1u)]
    [InlineData(Profile.Xjar, 5000u)]
    [InlineData(Profile.Xjar, 9000u)]
    [InlineData(Profile.Xjar, 70_000u)]
    public void Random_blocks_cost_what_the_specification_says(Profile profile, uint pages)
    {
        var random = new Random(6);
        var program = new GuestProgram { Profile = profile, Code = default, Heap = new MemoryRegion(AddressSpace.DataBase, pages * 0x1000) };
        var latency = pages switch { <= 2048 => 25u, <= 8192 => 50u, <= 65_536 => 75u, _ => 100u };
        var pricer = new BlockPricer(program, GasModel.Pipeline);
        for (var round = 0; round < 2000; round++)
        {
            var block = RandomBlock(random, profile);
            pricer.Start();
            foreach (var instruction in block)
            {
                pricer.Add(instruction);
            }

            Assert.Equal(PriceSlowly(block, latency), pricer.Cost);
        }
    }

    [Theory]
    [InlineData(GasModel.Pipeline)]
    [InlineData(GasModel.Flat)]
    [InlineData(GasModel.None)]
    public void The_table_of_prices_holds_what_the_pricer_says(GasModel model)
    {
        var random = new Random(7);
        for (var round = 0; round < 200; round++)
        {
            var program = RandomCode.Make(random, round % 2 == 0 ? Profile.Static : Profile.Xjar);
            var blocks = BasicBlockMap.Build(program.Code.Span, program.Profile);
            var prices = new List<ulong>();
            var pricer = new BlockPricer(program, model);
            var reader = new InstructionReader(program.Code.Span, program.Profile);
            while (!reader.IsAtEnd)
            {
                if (blocks.IsStart((uint)reader.Offset))
                {
                    pricer.Start();
                    prices.Add(0);
                }

                pricer.Add(reader.Read());
                prices[^1] = pricer.Cost;
            }

            var costs = BlockCosts.Compute(program, blocks, model);
            Assert.Equal(model, costs.Model);
            Assert.Equal(prices, costs.Costs.ToArray());
        }
    }

    [Fact]
    public void A_price_may_need_more_than_32_bits()
    {
        var pricer = new BlockPricer(new GuestProgram { Profile = Profile.Xjar, Code = default }, GasModel.Pipeline);
        var load = Encoder.Make(Opcode.Ld, 3, 4);
        pricer.Start();
        const ulong Loads = 60_000_000;
        for (var i = 0UL; i < Loads; i++)
        {
            pricer.Add(load);
            load = load with { Rs1 = 3 };
        }

        // 25 cycles each, and 50 more for two spilled registers.
        Assert.Equal((Loads * 75) - 3, pricer.Cost);
        Assert.True(pricer.Cost > uint.MaxValue);
    }

    [Fact]
    public void What_is_no_model_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(
        () => new BlockPricer(new GuestProgram { Profile = Profile.Static, Code = default }, (GasModel)3));

    [Fact]
    public void Only_what_ends_a_block_has_an_rd_without_a_result()
    {
        // The pricer relies on it.
        foreach (var row in InstructionTable.BaseRows)
        {
            var hasDestination = OperandFields.Extract(row.Format, uint.MaxValue).Rd != 0;
            Assert.True(row.Gas.HasDestination || !hasDestination || row.IsTerminator, row.Mnemonic);
        }
    }

    private static List<Instruction> RandomBlock(Random random, Profile profile)
    {
        // Few registers, so that instructions wait for each other.
        var block = new List<Instruction>();
        for (var i = random.Next(1, 40); i > 0; i--)
        {
            var rows = InstructionTable.BaseRows;
            var row = rows[random.Next(rows.Length)];
            var word = row.Match | ((uint)random.NextInt64() & ~row.Mask & 0xFE31_F3FF);
            var instruction = Decoder.DecodeWord(word, profile);
            block.Add(instruction);
            if ((instruction.Traits & InstructionTraits.Terminator) != 0)
            {
                break;
            }
        }

        return block;
    }

    private static ulong PriceSlowly(List<Instruction> block, uint memoryLatency)
    {
        ulong cycle = 0, used = 0, max = 0;
        var done = new ulong[16];
        foreach (var instruction in block)
        {
            var gas = instruction.Operation.Gas;
            var (rd, rs1, rs2) = (instruction.Rd, instruction.Rs1, instruction.Rs2);
            var isSource = rd != 0 && (rd == rs1 || rd == rs2);
            var slots = gas.Slots + gas.Shape switch
            {
                GasShape.DestinationReused => isSource ? 1u : 2u,
                GasShape.ShiftedInPlace => rd == rs1 ? 2u : 3u,
                _ => 0u,
            };
            (cycle, used) = used >= 4 ? (cycle + 1, slots) : (cycle, used + slots);
            var spilled = new[] { rd, rs1, rs2 }.Count(register => register is 3 or 4);
            var end = Math.Max(cycle, Math.Max(done[rs1], done[rs2]))
                + (gas.IsMemory ? memoryLatency : gas.Latency)
                + (memoryLatency * (ulong)spilled);
            if (gas.HasDestination && rd != 0)
            {
                done[rd] = end;
            }

            max = Math.Max(max, end);
        }

        return max > 4 ? max - 3 : 1;
    }
}

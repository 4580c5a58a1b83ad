using Pvm2.IlJit.Regions;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Text;
using Xunit;

namespace Pvm2.IlJit.Tests.Regions;

/// <summary>What small programs, written for one purpose each, are grouped into.</summary>
public sealed class RegionShapeTests
{
    private const string NestedLoops = """
                .text
                .entry main
        main:   li      a0, 10
                fallthrough
        outer:  li      a1, 10
                fallthrough
        inner:  addi    a1, a1, -1
                bnez    a1, inner
                addi    a0, a0, -1
                bnez    a0, outer
                ecalli  0
                trap
        """;

    /// <summary>A function that is called twice, once in a loop, and calls one that never returns.</summary>
    private const string Calls = """
                .table  returns  first, second
                .table  nothing
                .text
                .entry  main
        main:   li      ra, 1
                j       callee
        first:  li      a0, 10
                fallthrough
        loop:   li      ra, 3
                j       callee
        second: addi    a0, a0, -1
                bnez    a0, loop
                ecalli  0
                trap
        callee: bltz    a0, error
                br_table returns, ra
                trap
        error:  li      a0, 1
                ecalli  0
                trap
        """;

    [Fact]
    public void Loops_can_all_be_entered_at_their_heads()
    {
        var program = Load(NestedLoops);
        var region = Assert.Single(program.Plan(RegionLimits.Default).Regions);

        Assert.Equal(program.Blocks("main", "outer", "inner").Append(region.Blocks[^1]), region.Entries);
    }

    [Fact]
    public void Nested_loops_can_be_entered_at_the_outermost_alone()
    {
        var program = Load(NestedLoops);
        var region = Assert.Single(program.Plan(new RegionLimits { EntryPolicy = EntryPolicy.OutermostLoopHeads }).Regions);

        Assert.Equal(program.Blocks("main", "outer").Append(region.Blocks[^1]), region.Entries);
    }

    [Fact]
    public void A_loop_is_kept_whole_though_it_is_larger_than_regions_are_to_become()
    {
        var program = Load(NestedLoops);
        var plan = program.Plan(new RegionLimits { MaxBlocks = 4, TargetPercent = 25 });

        Assert.Equal(program.Blocks("outer", "inner").Append(program.Block("inner") + 1), plan.Regions[1].Blocks);
    }

    [Fact]
    public void Where_a_loop_does_not_fit_the_loop_in_it_is_kept_whole()
    {
        var program = Load(NestedLoops.Replace("bnez    a1, inner", "beqz a1, next\n j inner\nnext:", StringComparison.Ordinal));
        var plan = program.Plan(new RegionLimits { MaxBlocks = 2 });

        Assert.Contains(plan.Regions, region => region.Blocks.SequenceEqual([program.Block("inner"), program.Block("inner") + 1]));
    }

    [Fact]
    public void Calls_and_returns_of_the_static_profile_are_found()
    {
        var program = Load(Calls);
        var graph = ControlFlowScan.Run(program.Module, RegionLimits.Default);

        Assert.Equal(BlockEnd.Call, graph.Ends[program.Block("main")]);
        Assert.Equal(BlockEnd.Call, graph.Ends[program.Block("loop")]);
        Assert.Equal(program.Block("callee"), graph.TargetOf(program.Block("loop")));
        Assert.Equal(program.Block("second"), graph.ReturnSiteOf(program.Block("loop")));
        Assert.Equal(BlockEnd.Return, graph.Ends[program.Block("callee") + 1]);
        Assert.Equal(BlockEnd.Branch, graph.Ends[program.Block("callee")]);
    }

    [Fact]
    public void What_is_called_in_a_loop_joins_it_and_what_is_not_stays_apart()
    {
        var program = Load(Calls);
        var plan = program.Plan(new RegionLimits { MaxBlocks = 8, TargetPercent = 50 });

        Assert.Equal(plan.RegionOfBlock[program.Block("loop")], plan.RegionOfBlock[program.Block("callee")]);
        Assert.NotEqual(plan.RegionOfBlock[program.Block("loop")], plan.RegionOfBlock[program.Block("error")]);
    }

    [Fact]
    public void A_return_within_the_region_makes_no_entry()
    {
        var program = Load(Calls);
        var together = program.Plan(RegionLimits.Default).Regions;
        var apart = program.Plan(new RegionLimits { MaxBlocks = 1 }).Regions;

        Assert.DoesNotContain(program.Block("second"), together.SelectMany(region => region.Entries));
        Assert.Contains(program.Block("second"), apart.SelectMany(region => region.Entries));
    }

    [Fact]
    public void Targets_of_a_table_too_large_for_a_switch_are_entries()
    {
        var program = Load(Calls);
        var plan = program.Plan(new RegionLimits { MaxSwitchTargets = 1 });

        Assert.Contains(program.Block("second"), plan.Regions.SelectMany(region => region.Entries));
    }

    [Fact]
    public void Traps_behind_returns_and_what_nothing_leads_to_are_left_out()
    {
        var program = Load(Calls);
        var plan = program.Plan(RegionLimits.Default);

        Assert.Equal(RegionPlan.NoRegion, plan.RegionOfBlock[program.Block("callee") + 2]);
    }

    [Fact]
    public void A_block_that_is_too_large_has_a_region_of_its_own_that_is_not_compiled()
    {
        var program = Load($"""
                    .text
                    .entry main
            main:   fallthrough
            long:   {string.Concat(Enumerable.Repeat("mul a0, a0, a1\n", 5_000))}
                    bnez a0, long
                    trap
            """);
        var plan = program.Plan(RegionLimits.Default);
        var region = plan.Regions[plan.RegionOfBlock[program.Block("long")]];

        Assert.Equal([program.Block("long")], region.Blocks);
        Assert.False(region.IsCompilable);
        Assert.True(plan.Regions[0].IsCompilable);
    }

    [Fact]
    public void A_function_that_calls_itself_can_be_entered()
    {
        var program = Load("""
                    .table  returns  done, back
                    .text
                    .entry  main
            main:   li      ra, 1
                    j       count
            done:   ecalli  0
                    trap
            count:  beqz    a0, end
                    addi    a0, a0, -1
                    li      ra, 3
                    j       count
            back:   fallthrough
            end:    br_table returns, ra
                    trap
            """);

        Assert.Contains(program.Block("count"), Assert.Single(program.Plan(RegionLimits.Default).Regions).Entries);
    }

    [Theory]
    [InlineData("la a0, hidden")]
    [InlineData("lui a0, 0x400\n addi a0, a0, hidden - main")]
    [InlineData("nop\n .data\n .word hidden\n .text")]
    [InlineData("nop\n .data\n .word 1\n .dword hidden\n .text")]
    [InlineData("nop\n .rodata\n .zero 40\n .word 0\n .word hidden\n .text")]
    public void Blocks_whose_address_an_xjar_program_has_are_entries(string mention)
    {
        // Not a symbol, since symbols are entries too.
        var source = $"""
                    .profile xjar
                    .text
                    .entry main
            main:   {mention}
                    li      a1, 1
                    beqz    a1, .Lend
                    ecalli  1
            hidden: li      a2, 1
                    beqz    a2, .Lend
                    li      a3, 1
            .Lend:  jr      a0
            """.Replace("hidden", ".Lhidden", StringComparison.Ordinal).Replace(".Lend:", "fallthrough\n.Lend:", StringComparison.Ordinal)
            .Replace("ecalli  1", "j .Lend", StringComparison.Ordinal);
        var program = Load(source);
        var hidden = program.Block(".Lhidden");

        Assert.Contains(hidden, Assert.Single(program.Plan(RegionLimits.Default).Regions).Entries);
    }

    private static ShapedProgram Load(string source)
    {
        var result = Assembler.Assemble(source);
        Assert.True(result.Succeeded, string.Join('\n', result.Diagnostics));
        return new ShapedProgram(Module.Create(result.Program), result.Symbols);
    }

    private sealed record ShapedProgram(Module Module, IReadOnlyDictionary<string, ulong> Symbols)
    {
        internal int Block(string label)
        {
            var block = Module.Blocks.IndexOf((uint)Symbols[label] - Module.Program.CodeBase);
            Assert.True(block >= 0, label);
            return block;
        }

        internal IEnumerable<int> Blocks(params string[] labels) => labels.Select(Block);

        internal RegionPlan Plan(RegionLimits limits) => RegionPlanner.Plan(Module, limits);
    }
}

using Pvm2.Runtime.Execution;

namespace Pvm2.IlJit.Regions;

/// <summary>
/// Groups the basic blocks of a module into regions. The same module and limits always give the same plan. Time and
/// memory are linear in the size of the program, whatever its control flow.
/// </summary>
internal static class RegionPlanner
{
    /// <summary>Plans the regions of a module.</summary>
    /// <param name="module">The module.</param>
    /// <param name="limits">How large regions may become.</param>
    internal static RegionPlan Plan(Module module, RegionLimits limits)
    {
        if (module.Blocks.Count > limits.MaxPlannedBlocks)
        {
            var nowhere = new int[module.Blocks.Count];
            Array.Fill(nowhere, RegionPlan.NoRegion);
            return new RegionPlan([], nowhere);
        }

        var graph = ControlFlowScan.Run(module, limits);
        var reachable = ReachableBlocks.Find(module, graph);
        var entryPoints = module.Program.EntryPoints.Select(entryPoint => module.Blocks.IndexOf(entryPoint.Offset));
        var functions = FunctionMap.Find(graph, reachable, entryPoints);
        var loops = LoopForest.Find(functions);
        var heat = FunctionHeat.Estimate(functions, loops);
        var groups = BlockGrouping.Run(functions, loops, heat, limits);
        var regionOfBlock = Number(graph, reachable, groups, out var regions);
        var entries = EntryFinder.Find(module, functions, loops, heat, regionOfBlock, limits);
        return new RegionPlan(Build(graph, groups, limits, entries, regionOfBlock, regions), regionOfBlock);
    }

    /// <summary>Numbers the groups in the order of their first blocks.</summary>
    private static int[] Number(ControlFlowGraph graph, ReachableBlocks reachable, BlockGroups groups, out int regions)
    {
        var regionOfBlock = new int[graph.Count];
        regions = 0;
        for (var block = 0; block < graph.Count; block++)
        {
            var first = groups.Find(block);
            regionOfBlock[block] = !reachable.Contains(block) ? RegionPlan.NoRegion
                : first == block ? regions++
                : regionOfBlock[first];
        }

        return regionOfBlock;
    }

    private static Region[] Build(
        ControlFlowGraph graph, BlockGroups groups, RegionLimits limits, BlockSet entries, int[] regionOfBlock, int regions)
    {
        var blocksOf = Collect(regionOfBlock, regions, _ => true);
        var entriesOf = Collect(regionOfBlock, regions, entries.Contains);
        var result = new Region[regions];
        for (var region = 0; region < regions; region++)
        {
            var fits = groups.SizeOf(blocksOf[region][0]).Fits(limits.Largest);
            result[region] = new Region(region, blocksOf[region], entriesOf[region], fits && entriesOf[region].Length != 0);
        }

        return result;
    }

    /// <summary>Lists those blocks of each region that are wanted.</summary>
    private static int[][] Collect(int[] regionOfBlock, int regions, Func<int, bool> isWanted)
    {
        var counts = new int[regions];
        for (var block = 0; block < regionOfBlock.Length; block++)
        {
            if (regionOfBlock[block] is >= 0 and var region && isWanted(block))
            {
                counts[region]++;
            }
        }

        var lists = Array.ConvertAll(counts, count => count == 0 ? [] : new int[count]);
        Array.Clear(counts);
        for (var block = 0; block < regionOfBlock.Length; block++)
        {
            if (regionOfBlock[block] is >= 0 and var region && isWanted(block))
            {
                lists[region][counts[region]++] = block;
            }
        }

        return lists;
    }
}

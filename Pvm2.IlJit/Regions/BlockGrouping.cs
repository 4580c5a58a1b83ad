namespace Pvm2.IlJit.Regions;

/// <summary>Decides which blocks share a region.</summary>
internal static class BlockGrouping
{
    /// <summary>Groups blocks.</summary>
    internal static BlockGroups Run(ControlFlowGraph graph, ReachableBlocks reachable, RegionLimits limits)
    {
        var groups = new BlockGroups(graph.Sizes);
        var target = limits.Target;
        for (var block = 0; block < graph.Count; block++)
        {
            if (reachable.Contains(block))
            {
                Join(graph.NextOf(block), block);
                Join(graph.ReturnSiteOf(block), block);
                Join(graph.TargetOf(block), block);
            }
        }

        return groups;

        void Join(int other, int block)
        {
            if (other != ControlFlowGraph.None && reachable.Contains(other))
            {
                groups.TryJoin(block, other, target);
            }
        }
    }
}

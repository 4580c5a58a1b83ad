namespace Pvm2.IlJit.Regions;

/// <summary>
/// Decides which blocks share a region. Loops come first, as wholes; then each edge, hottest first, joins the groups at
/// its ends if both together are not too large; last, small groups that lie side by side share a region.
/// </summary>
internal sealed class BlockGrouping
{
    /// <summary>A callee that is called in no loop joins its caller if it takes at most this part of what regions grow to.</summary>
    private const int SmallCalleePercent = 12;

    /// <summary>Groups of at most this part join a neighbour that has nothing to do with them: a method has a price too.</summary>
    private const int CrumbPercent = 6;

    /// <summary>What such groups may grow to together.</summary>
    private const int HeapOfCrumbsPercent = 12;

    private readonly FunctionMap _functions;
    private readonly LoopForest _loops;
    private readonly RegionSize _largest;
    private readonly RegionSize _target;
    private readonly BlockGroups _groups;

    private BlockGrouping(FunctionMap functions, LoopForest loops, RegionLimits limits)
    {
        _functions = functions;
        _loops = loops;
        _largest = limits.Largest;
        _target = limits.Target;
        _groups = new BlockGroups(functions.Graph.Sizes);
    }

    /// <summary>Groups blocks.</summary>
    internal static BlockGroups Run(FunctionMap functions, LoopForest loops, FunctionHeat heat, RegionLimits limits)
    {
        var grouping = new BlockGrouping(functions, loops, limits);
        grouping.JoinLoops();
        grouping.JoinEdges(new BlockEdges(functions, heat));
        grouping.JoinCrumbs();
        return grouping._groups;
    }

    /// <summary>Joins the blocks of each loop that fits, and of each loop around it that fits too.</summary>
    private void JoinLoops()
    {
        var sizes = LoopSizes();
        var wholes = new int[sizes.Length];
        for (var loop = 0; loop < sizes.Length; loop++)
        {
            var parent = _loops.Loops[loop].Parent;
            var around = parent == ControlFlowGraph.None ? ControlFlowGraph.None : wholes[parent];
            wholes[loop] = around != ControlFlowGraph.None ? around
                : sizes[loop].Fits(_largest) ? loop
                : ControlFlowGraph.None;
        }

        for (var block = 0; block < _functions.Graph.Count; block++)
        {
            if (_loops.LoopOf[block] is >= 0 and var loop && wholes[loop] is >= 0 and var whole)
            {
                _groups.TryJoin(_loops.Loops[whole].Head, block, _largest);
            }
        }
    }

    private RegionSize[] LoopSizes()
    {
        var sizes = new RegionSize[_loops.Loops.Count];
        for (var block = 0; block < _functions.Graph.Count; block++)
        {
            if (_loops.LoopOf[block] is >= 0 and var loop)
            {
                sizes[loop] += new RegionSize(1, _functions.Graph.Sizes[block]);
            }
        }

        for (var loop = sizes.Length - 1; loop >= 0; loop--)
        {
            if (_loops.Loops[loop].Parent is >= 0 and var parent)
            {
                sizes[parent] += sizes[loop];
            }
        }

        return sizes;
    }

    private void JoinEdges(BlockEdges edges)
    {
        var small = _target.Scale(SmallCalleePercent);
        for (var i = 0; i < edges.Count; i++)
        {
            var edge = edges[i];
            if (!edge.IsCall || edge.Heat > 0 || _groups.SizeOf(edge.Target).Fits(small))
            {
                _groups.TryJoin(edge.Block, edge.Target, _target);
            }
        }
    }

    private void JoinCrumbs()
    {
        var crumb = _target.Scale(CrumbPercent);
        var heap = _target.Scale(HeapOfCrumbsPercent);
        var last = ControlFlowGraph.None;
        for (var block = 0; block < _functions.Graph.Count; block++)
        {
            if (!_functions.Reachable.Contains(block) || _groups.Find(block) != block || !_groups.SizeOf(block).Fits(crumb))
            {
                continue;
            }

            if (last != ControlFlowGraph.None)
            {
                _groups.TryJoin(last, block, heap);
            }

            last = _groups.Find(block);
        }
    }
}

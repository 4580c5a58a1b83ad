namespace Pvm2.IlJit.Regions;

/// <summary>The control flow within loops of one depth, in which the loops that are one deeper are found.</summary>
/// <param name="functions">The functions.</param>
/// <param name="forest">The loops so far; receives those that are found.</param>
internal sealed class LoopSearch(FunctionMap functions, LoopForest forest) : IFlow
{
    // Blocks of the loops that were found last, without the heads. Those of a loop are in the order in which the search
    // came to them, so that the next one comes to the heads of inner loops before the rest of these.
    private List<int> _inside = [];

    /// <inheritdoc/>
    public int CountSuccessors(int node) => FunctionMap.SuccessorsWithin;

    /// <inheritdoc/>
    public int Successor(int node, int index)
    {
        var successor = functions.SuccessorWithin(node, index);
        return functions.Reachable.Contains(successor)
            && forest.LoopOf[successor] == forest.LoopOf[node]
            && !forest.IsHead(successor)
            ? successor
            : ControlFlowGraph.None;
    }

    /// <inheritdoc/>
    public void Take(ReadOnlySpan<int> nodes)
    {
        if (nodes.Length > 1 || GoesToItself(nodes[0]))
        {
            forest.Add(nodes);
            _inside.AddRange(nodes[1..]);
        }
    }

    /// <summary>Searches from a block, if a run can reach it.</summary>
    internal void Start(ComponentSearch<LoopSearch> search, int block)
    {
        if (functions.Reachable.Contains(block))
        {
            search.Start(block);
        }
    }

    /// <summary>Searches the loops that were found last.</summary>
    internal void SearchInside(ComponentSearch<LoopSearch> search)
    {
        var blocks = _inside;
        _inside = [];
        foreach (var block in blocks)
        {
            search.Forget(block);
        }

        foreach (var block in blocks)
        {
            search.Start(block);
        }
    }

    private bool GoesToItself(int block)
    {
        for (var index = 0; index < FunctionMap.SuccessorsWithin; index++)
        {
            if (Successor(block, index) == block)
            {
                return true;
            }
        }

        return false;
    }
}

namespace Pvm2.IlJit.Regions;

/// <summary>
/// Finds the blocks that a run comes to at most once, such as those that report an error: no way from them goes round a
/// loop or returns to a caller.
/// </summary>
internal sealed class ColdBlocks : IFlow
{
    private readonly FunctionMap _functions;
    private readonly ReturnRegions _returns;
    private readonly BlockSet _warm;

    private ColdBlocks(FunctionMap functions, ReturnRegions returns)
    {
        _functions = functions;
        _returns = returns;
        _warm = new BlockSet(functions.Graph.Count);
    }

    /// <summary>Finds them.</summary>
    internal static ColdBlocks Find(FunctionMap functions, ReturnRegions returns)
    {
        var cold = new ColdBlocks(functions, returns);
        var search = new ComponentSearch<ColdBlocks>(cold, functions.Graph.Count);
        for (var block = 0; block < functions.Graph.Count; block++)
        {
            if (functions.Reachable.Contains(block))
            {
                search.Start(block);
            }
        }

        return cold;
    }

    /// <summary>Whether a block is one of them.</summary>
    internal bool Contains(int block) => !_warm.Contains(block);

    /// <inheritdoc/>
    public int CountSuccessors(int node) => CallsForGood(node) ? 0 : FunctionMap.SuccessorsWithin;

    /// <inheritdoc/>
    public int Successor(int node, int index)
    {
        var successor = _functions.SuccessorWithin(node, index);
        return _functions.Reachable.Contains(successor) ? successor : ControlFlowGraph.None;
    }

    /// <inheritdoc/>
    public void Take(ReadOnlySpan<int> nodes)
    {
        if (nodes.Length > 1 || IsWarm(nodes[0]))
        {
            foreach (var block in nodes)
            {
                _warm.Add(block);
            }
        }
    }

    private bool IsWarm(int block)
    {
        if (_functions.Graph.Ends[block] is BlockEnd.Return or BlockEnd.IndirectJump)
        {
            return true;
        }

        for (var index = 0; index < CountSuccessors(block); index++)
        {
            var successor = Successor(block, index);
            if (successor == block || _warm.Contains(successor))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a block calls a function that never returns.</summary>
    private bool CallsForGood(int block) =>
        _functions.Graph.Ends[block] == BlockEnd.Call
        && _returns.NeverReturns(_functions.FunctionOf[_functions.Graph.Targets[block]]);
}

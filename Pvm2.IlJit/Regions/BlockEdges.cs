namespace Pvm2.IlJit.Regions;

/// <summary>
/// The edges between blocks in the order in which they had better be inside of regions: by heat, then those within a
/// function before those between functions, then by block.
/// </summary>
internal sealed class BlockEdges
{
    // A block has up to three edges within its function, and a call.
    private const int EdgesOfBlock = 4;
    private const int CallIndex = 3;
    private const int Ranks = 2 * (FunctionHeat.Most + 1);

    private readonly FunctionMap _functions;
    private readonly FunctionHeat _heat;
    private readonly uint[] _edges;

    /// <summary>Lists the edges.</summary>
    internal BlockEdges(FunctionMap functions, FunctionHeat heat)
    {
        _functions = functions;
        _heat = heat;
        _edges = Sort();
    }

    /// <summary>Number of edges.</summary>
    internal int Count => _edges.Length;

    /// <summary>An edge.</summary>
    /// <param name="index">Its place in the order.</param>
    internal BlockEdge this[int index] => Make((int)(_edges[index] / EdgesOfBlock), (int)(_edges[index] % EdgesOfBlock));

    /// <summary>Sorts by counting: how many edges there are of each rank says where the next one of that rank goes.</summary>
    private uint[] Sort()
    {
        var places = new int[Ranks + 1];
        for (var block = 0; block < _functions.Graph.Count; block++)
        {
            for (var index = 0; index < EdgesOfBlock; index++)
            {
                if (TryRank(block, index, out var rank))
                {
                    places[rank + 1]++;
                }
            }
        }

        for (var rank = 0; rank < Ranks; rank++)
        {
            places[rank + 1] += places[rank];
        }

        var edges = new uint[places[Ranks]];
        for (var block = 0; block < _functions.Graph.Count; block++)
        {
            for (var index = 0; index < EdgesOfBlock; index++)
            {
                if (TryRank(block, index, out var rank))
                {
                    edges[places[rank]++] = ((uint)block * EdgesOfBlock) + (uint)index;
                }
            }
        }

        return edges;
    }

    /// <summary>The place of an edge's kind in the order, if there is such an edge.</summary>
    private bool TryRank(int block, int index, out int rank)
    {
        rank = 0;
        if (!_functions.Reachable.Contains(block) || !_functions.Reachable.Contains(TargetOf(block, index)))
        {
            return false;
        }

        var edge = Make(block, index);
        rank = (2 * (FunctionHeat.Most - edge.Heat)) + (edge.IsCall ? 1 : 0);
        return true;
    }

    private BlockEdge Make(int block, int index)
    {
        var target = TargetOf(block, index);
        var isCall = index == CallIndex || _functions.FunctionOf[block] != _functions.FunctionOf[target];
        return new BlockEdge(block, target, _heat.OfEdge(block, target), isCall);
    }

    private int TargetOf(int block, int index) => index != CallIndex
        ? _functions.SuccessorWithin(block, index)
        : _functions.Graph.Ends[block] == BlockEnd.Call ? _functions.Graph.Targets[block] : ControlFlowGraph.None;
}

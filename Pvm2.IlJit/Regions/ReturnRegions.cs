namespace Pvm2.IlJit.Regions;

/// <summary>
/// In which regions calls of a function return: where its own returns are, and those of functions that it jumps to.
/// </summary>
internal sealed class ReturnRegions : IFlow
{
    private const int Nowhere = -1;
    private const int Anywhere = -2;

    private readonly FunctionMap _functions;
    private readonly int[] _regionOfBlock;
    private readonly int[] _regionOfFunction;

    private ReturnRegions(FunctionMap functions, int[] regionOfBlock)
    {
        _functions = functions;
        _regionOfBlock = regionOfBlock;
        _regionOfFunction = new int[functions.Starts.Length];
        Array.Fill(_regionOfFunction, Nowhere);
    }

    /// <summary>Finds where the functions return.</summary>
    internal static ReturnRegions Find(FunctionMap functions, int[] regionOfBlock)
    {
        var returns = new ReturnRegions(functions, regionOfBlock);
        var search = new ComponentSearch<ReturnRegions>(returns, functions.Starts.Length);
        for (var function = 0; function < functions.Starts.Length; function++)
        {
            search.Start(function);
        }

        return returns;
    }

    /// <summary>Whether calls of the function that starts at a block may return in another region than the given one.</summary>
    internal bool LeadOutOf(int region, int callee) =>
        _regionOfFunction[_functions.FunctionOf[callee]] is var found && found != Nowhere && found != region;

    /// <summary>Whether no call of a function returns, as far as is known.</summary>
    internal bool NeverReturns(int function) => _regionOfFunction[function] == Nowhere;

    /// <inheritdoc/>
    public int CountSuccessors(int node) => FunctionMap.WaysOut * (_functions.EndOf(node) - _functions.Starts[node]);

    /// <inheritdoc/>
    public int Successor(int node, int index)
    {
        var block = _functions.Starts[node] + (index / FunctionMap.WaysOut);
        var way = index % FunctionMap.WaysOut;
        return way == FunctionMap.CallIndex && _functions.Graph.Ends[block] == BlockEnd.Call
            ? ControlFlowGraph.None
            : _functions.FunctionAfter(block, way);
    }

    /// <inheritdoc/>
    public void Take(ReadOnlySpan<int> nodes)
    {
        var region = Nowhere;
        foreach (var function in nodes)
        {
            region = Join(region, RegionOf(function));
            for (var index = 0; index < CountSuccessors(function); index++)
            {
                if (Successor(function, index) is >= 0 and var successor)
                {
                    region = Join(region, _regionOfFunction[successor]);
                }
            }
        }

        foreach (var function in nodes)
        {
            _regionOfFunction[function] = region;
        }
    }

    private static int Join(int left, int right) =>
        left == Nowhere || left == right ? right : right == Nowhere ? left : Anywhere;

    /// <summary>Where a function itself returns. A computed jump without cases in the function jumps to another one.</summary>
    private int RegionOf(int function)
    {
        var region = Nowhere;
        for (var block = _functions.Starts[function]; block < _functions.EndOf(function); block++)
        {
            if (_functions.Reachable.Contains(block))
            {
                region = _functions.Graph.Ends[block] switch
                {
                    BlockEnd.Return => Join(region, _regionOfBlock[block]),
                    BlockEnd.IndirectJump when !_functions.HasCases(block) => Anywhere,
                    _ => region,
                };
            }
        }

        return region;
    }
}

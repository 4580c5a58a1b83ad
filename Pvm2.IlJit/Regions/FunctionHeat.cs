using System.Runtime.InteropServices;

namespace Pvm2.IlJit.Regions;

/// <summary>
/// Estimates how often functions run, from how deep the loops are that they are called in: one step of heat stands for
/// another factor of many. What comes to no end but that of the run, such as the report of an error, is cold.
/// </summary>
internal sealed class FunctionHeat : IFlow
{
    /// <summary>The most heat of a block.</summary>
    internal const int Most = 15;

    private readonly FunctionMap _functions;
    private readonly LoopForest _loops;
    private readonly ReturnRegions _returns;
    private readonly ColdBlocks _cold;
    private readonly int[] _heat;
    private readonly byte[] _heatOfBlock;
    private readonly int[] _components;
    private readonly List<int> _order = [];
    private readonly List<int> _componentStarts = [];

    private FunctionHeat(FunctionMap functions, LoopForest loops)
    {
        _functions = functions;
        _loops = loops;
        _returns = ReturnRegions.Find(functions, new int[functions.Graph.Count]);
        _cold = ColdBlocks.Find(functions, _returns);
        _heat = new int[functions.Starts.Length];
        _heatOfBlock = new byte[functions.Graph.Count];
        _components = new int[functions.Starts.Length];
    }

    /// <summary>Estimates the heat of all functions.</summary>
    internal static FunctionHeat Estimate(FunctionMap functions, LoopForest loops)
    {
        var heat = new FunctionHeat(functions, loops);
        var search = new ComponentSearch<FunctionHeat>(heat, functions.Starts.Length);
        for (var function = 0; function < functions.Starts.Length; function++)
        {
            search.Start(function);
        }

        heat.Spread();
        return heat;
    }

    /// <summary>How hot the way from one block to another is.</summary>
    internal int OfEdge(int block, int target) =>
        _functions.FunctionOf[target] is var callee && callee != _functions.FunctionOf[block] && _returns.NeverReturns(callee)
            ? 0
            : Math.Min(_heatOfBlock[block], _heatOfBlock[target]);

    /// <summary>The heat of a block, 0 to <see cref="Most"/>.</summary>
    internal int OfBlock(int block) => _heatOfBlock[block];

    /// <summary>
    /// Whether a block calls back into the function that it is in, or one that comes before it, and that leads here by
    /// calls: every recursion has such a call.
    /// </summary>
    internal bool IsRecursiveCall(int block)
    {
        var caller = _functions.FunctionOf[block];
        return _functions.FunctionAfter(block, FunctionMap.CallIndex) is >= 0 and var callee
            && callee <= caller && _components[callee] == _components[caller];
    }

    /// <inheritdoc/>
    public int CountSuccessors(int node) => FunctionMap.WaysOut * (_functions.EndOf(node) - _functions.Starts[node]);

    /// <inheritdoc/>
    public int Successor(int node, int index) =>
        _functions.FunctionAfter(_functions.Starts[node] + (index / FunctionMap.WaysOut), index % FunctionMap.WaysOut);

    /// <inheritdoc/>
    public void Take(ReadOnlySpan<int> nodes)
    {
        foreach (var function in nodes)
        {
            _components[function] = _componentStarts.Count;
        }

        _componentStarts.Add(_order.Count);
        _order.AddRange(nodes);
    }

    /// <summary>Hands heat on from callers to callees. The search took callees first.</summary>
    private void Spread()
    {
        var order = CollectionsMarshal.AsSpan(_order);
        var end = order.Length;
        for (var component = _componentStarts.Count - 1; component >= 0; component--)
        {
            var start = _componentStarts[component];
            SpreadFrom(order[start..end]);
            end = start;
        }
    }

    /// <summary>Functions that call each other are all as hot as the hottest, and one step more.</summary>
    private void SpreadFrom(ReadOnlySpan<int> functions)
    {
        var hottest = 0;
        var isRecursive = false;
        foreach (var function in functions)
        {
            hottest = Math.Max(hottest, _heat[function]);
            isRecursive |= IsRecursive(function);
        }

        foreach (var function in functions)
        {
            _heat[function] = Math.Min(Most, hottest + (isRecursive ? 1 : 0));
            HeatCallees(function);
        }
    }

    private bool IsRecursive(int function)
    {
        for (var block = _functions.Starts[function]; block < _functions.EndOf(function); block++)
        {
            if (IsRecursiveCall(block))
            {
                return true;
            }
        }

        return false;
    }

    private void HeatCallees(int function)
    {
        for (var block = _functions.Starts[function]; block < _functions.EndOf(function); block++)
        {
            var heat = _cold.Contains(block) ? 0 : Math.Min(Most, _heat[function] + _loops.DepthOf(block));
            _heatOfBlock[block] = (byte)heat;
            if (_functions.FunctionAfter(block, FunctionMap.CallIndex) is >= 0 and var callee
                && _components[callee] != _components[function])
            {
                _heat[callee] = _returns.NeverReturns(callee) ? 0 : Math.Max(_heat[callee], heat);
            }
        }
    }
}

namespace Pvm2.IlJit.Regions;

/// <summary>
/// The functions of a program, as far as calls tell: what lies between one block that is called, or an entry point, and
/// the next. Functions that are only called indirectly count to the one before them.
/// </summary>
internal sealed class FunctionMap
{
    // For a computed jump within a function the first of its cases, and for a case the next one.
    private readonly int[] _nextCase;

    private FunctionMap(ControlFlowGraph graph, ReachableBlocks reachable, int[] starts)
    {
        Graph = graph;
        Reachable = reachable;
        Starts = starts;
        FunctionOf = new int[graph.Count];
        _nextCase = new int[graph.Count];
        Array.Fill(_nextCase, ControlFlowGraph.None);
        for (var function = 0; function < starts.Length; function++)
        {
            FunctionOf.AsSpan(starts[function]..EndOf(function)).Fill(function);
            LinkCases(function);
        }
    }

    /// <summary>The control flow between blocks.</summary>
    internal ControlFlowGraph Graph { get; }

    /// <summary>Which blocks a run can reach.</summary>
    internal ReachableBlocks Reachable { get; }

    /// <summary>The first block of each function, ascending.</summary>
    internal int[] Starts { get; }

    /// <summary>For each block the function that it is in.</summary>
    internal int[] FunctionOf { get; }

    /// <summary>Finds the functions.</summary>
    /// <param name="entryPoints">The blocks of entry points.</param>
    internal static FunctionMap Find(ControlFlowGraph graph, ReachableBlocks reachable, IEnumerable<int> entryPoints)
    {
        var isStart = new BlockSet(graph.Count);
        isStart.Add(0);
        foreach (var block in entryPoints)
        {
            isStart.Add(block);
        }

        for (var block = 0; block < graph.Count; block++)
        {
            if (graph.Ends[block] == BlockEnd.Call && reachable.Contains(block))
            {
                isStart.Add(graph.Targets[block]);
            }
        }

        return new FunctionMap(graph, reachable, isStart.ToArray());
    }

    /// <summary>The block after a function.</summary>
    internal int EndOf(int function) => function + 1 < Starts.Length ? Starts[function + 1] : Graph.Count;

    /// <summary>
    /// Where control goes from a block if calls return and do nothing: to the next block, to a fixed one, and from a
    /// computed jump to the first of the blocks of its function whose address is taken, from there to the second, and so
    /// on. So as many edges suffice as there are such blocks.
    /// </summary>
    /// <param name="block">A block.</param>
    /// <param name="index">0 to 2.</param>
    /// <returns>The block, or <see cref="ControlFlowGraph.None"/>.</returns>
    internal int SuccessorWithin(int block, int index) => index switch
    {
        0 => Graph.ReturnSiteOf(block) is >= 0 and var site && FunctionOf[site] == FunctionOf[block] ? site : Graph.NextOf(block),
        1 => Graph.Ends[block] == BlockEnd.Call ? ControlFlowGraph.None : Graph.TargetOf(block),
        _ => _nextCase[block],
    };

    /// <summary>Whether a computed jump is likely to stay in its function.</summary>
    internal bool HasCases(int block) => _nextCase[block] != ControlFlowGraph.None;

    private void LinkCases(int function)
    {
        var start = Starts[function];
        var first = ControlFlowGraph.None;
        for (var block = EndOf(function) - 1; block > start; block--)
        {
            if (Graph.Addresses.Contains(block) && Reachable.Contains(block))
            {
                _nextCase[block] = first;
                first = block;
            }
        }

        var hasJump = false;
        for (var block = start; block < EndOf(function); block++)
        {
            if (Graph.Ends[block] == BlockEnd.IndirectJump)
            {
                hasJump = true;
                _nextCase[block] = _nextCase[block] == ControlFlowGraph.None ? first : _nextCase[block];
            }
        }

        if (!hasJump)
        {
            _nextCase.AsSpan(start..EndOf(function)).Fill(ControlFlowGraph.None);
        }
    }
}

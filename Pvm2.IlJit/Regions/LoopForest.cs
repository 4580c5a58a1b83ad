namespace Pvm2.IlJit.Regions;

/// <summary>
/// The loops within functions and how they are nested: a loop is a strongly connected component, and the loops in it are
/// those that are left without its head (Bourdoncle 1993). Calls are taken to return.
/// </summary>
/// <remarks>
/// Each level of nesting takes one more search of the blocks that are in so many loops, so the number of levels is
/// limited: code can be nested as deeply as it is long.
/// </remarks>
internal sealed class LoopForest
{
    /// <summary>Loops that are nested deeper are taken to be part of the loop around them.</summary>
    internal const int MaxDepth = 8;

    private readonly List<Loop> _loops = [];
    private readonly BlockSet _heads;

    private LoopForest(int blocks)
    {
        LoopOf = new int[blocks];
        Array.Fill(LoopOf, ControlFlowGraph.None);
        _heads = new BlockSet(blocks);
    }

    /// <summary>The loops. A loop comes after those around it.</summary>
    internal IReadOnlyList<Loop> Loops => _loops;

    /// <summary>For each block the innermost loop that it is in; <see cref="ControlFlowGraph.None"/> where it is in none.</summary>
    internal int[] LoopOf { get; }

    /// <summary>Finds the loops.</summary>
    internal static LoopForest Find(FunctionMap functions)
    {
        var forest = new LoopForest(functions.Graph.Count);
        var level = new LoopSearch(functions, forest);
        var search = new ComponentSearch<LoopSearch>(level, functions.Graph.Count);

        // Functions from their first blocks, so that loops are entered where runs enter them.
        foreach (var start in functions.Starts)
        {
            level.Start(search, start);
        }

        for (var block = 0; block < functions.Graph.Count; block++)
        {
            level.Start(search, block);
        }

        for (var depth = 2; depth <= MaxDepth; depth++)
        {
            level.SearchInside(search);
        }

        return forest;
    }

    /// <summary>In how many loops a block is.</summary>
    internal int DepthOf(int block) => LoopOf[block] is >= 0 and var loop ? _loops[loop].Depth : 0;

    /// <summary>Whether a block is the head of a loop.</summary>
    internal bool IsHead(int block) => _heads.Contains(block);

    /// <summary>Adds a loop.</summary>
    /// <param name="blocks">Its blocks, all in the same loop so far; the first one is its head.</param>
    internal void Add(ReadOnlySpan<int> blocks)
    {
        var head = blocks[0];
        _heads.Add(head);
        _loops.Add(new Loop(head, LoopOf[head], DepthOf(head) + 1));
        foreach (var block in blocks)
        {
            LoopOf[block] = _loops.Count - 1;
        }
    }
}

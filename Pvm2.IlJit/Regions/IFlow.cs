namespace Pvm2.IlJit.Regions;

/// <summary>A graph in which <see cref="ComponentSearch{TFlow}"/> looks for cycles, and the taker of what it finds.</summary>
internal interface IFlow
{
    /// <summary>How many successors a node has; some of them may be missing.</summary>
    int CountSuccessors(int node);

    /// <summary>A successor; <see cref="ControlFlowGraph.None"/> where it is missing.</summary>
    /// <param name="index">0 to <see cref="CountSuccessors"/> − 1.</param>
    int Successor(int node, int index);

    /// <summary>Takes a strongly connected component. Those that it leads to have been taken before.</summary>
    /// <param name="nodes">All its nodes; the one that the search came to first is the first.</param>
    void Take(ReadOnlySpan<int> nodes);
}

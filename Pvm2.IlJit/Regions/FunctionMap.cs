using Pvm2.Runtime.Isa;

namespace Pvm2.IlJit.Regions;

/// <summary>
/// The functions of a program, as far as calls tell: what lies between one block that is called, or an entry point, and
/// the next. Functions that are only called indirectly count to the one before them.
/// </summary>
/// <remarks>
/// The cases of a function are where its computed jumps are likely to go, as those of a <c>switch</c> do: blocks whose
/// address is taken. Functions whose address is taken look alike. But a case mostly goes back to where the <c>switch</c>
/// is, or on to another one, so only those blocks count that control flow connects with a computed jump.
/// </remarks>
internal sealed class FunctionMap
{
    /// <summary>How many successors a block has within its function, at most.</summary>
    internal const int SuccessorsWithin = 3;

    /// <summary>How many ways there are from a block into other functions, at most.</summary>
    internal const int WaysOut = 3;

    /// <summary>Which of them is a call or a jump.</summary>
    internal const int CallIndex = 1;

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
        }

        LinkCases();
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
    /// computed jump to the first case of its function, from there to the second, and so on. So as many edges suffice as
    /// there are cases.
    /// </summary>
    /// <param name="block">A block.</param>
    /// <param name="index">0 to 2.</param>
    /// <returns>The block, or <see cref="ControlFlowGraph.None"/>.</returns>
    internal int SuccessorWithin(int block, int index) => index switch
    {
        0 => ReturnSiteOf(block) is >= 0 and var site ? site : Graph.NextOf(block),
        1 => Graph.Ends[block] == BlockEnd.Call ? ControlFlowGraph.None : Graph.TargetOf(block),
        _ => _nextCase[block],
    };

    /// <summary>
    /// The block that a call by this block returns to, if it does; else <see cref="ControlFlowGraph.None"/>. In xjar there
    /// is no saying whether a call returns, but where another function follows it is not meant to.
    /// </summary>
    internal int ReturnSiteOf(int block) =>
        Graph.ReturnSiteOf(block) is >= 0 and var site && (Graph.Profile == Profile.Static || FunctionOf[site] == FunctionOf[block])
            ? site
            : ControlFlowGraph.None;

    /// <summary>Where control goes from a block into another function, or by a call into any.</summary>
    /// <param name="block">A block.</param>
    /// <param name="index">0 to 2; a call has 1.</param>
    /// <returns>The function, or <see cref="ControlFlowGraph.None"/>.</returns>
    internal int FunctionAfter(int block, int index)
    {
        var isCall = index == CallIndex && Graph.Ends[block] == BlockEnd.Call;
        var target = index switch
        {
            0 => Graph.NextOf(block),
            CallIndex => Graph.TargetOf(block),
            _ => ReturnSiteOf(block),
        };
        return Reachable.Contains(block) && Reachable.Contains(target) && (isCall || FunctionOf[target] != FunctionOf[block])
            ? FunctionOf[target]
            : ControlFlowGraph.None;
    }

    /// <summary>Whether a computed jump is likely to stay in its function.</summary>
    internal bool HasCases(int block) => _nextCase[block] != ControlFlowGraph.None;

    /// <summary>Links the cases of each function, one to the next.</summary>
    private void LinkCases()
    {
        var connected = Connect();
        var hasJump = new BlockSet(Graph.Count);
        for (var block = 0; block < Graph.Count; block++)
        {
            if (Graph.Ends[block] == BlockEnd.IndirectJump && Reachable.Contains(block))
            {
                hasJump.Add(connected.Find(block));
            }
        }

        for (var function = 0; function < Starts.Length; function++)
        {
            var first = ControlFlowGraph.None;
            for (var block = EndOf(function) - 1; block > Starts[function]; block--)
            {
                if (Graph.Addresses.Contains(block) && Reachable.Contains(block) && hasJump.Contains(connected.Find(block)))
                {
                    _nextCase[block] = first;
                    first = block;
                }
            }

            LinkJumps(function, first);
        }
    }

    /// <summary>Links the computed jumps of a function with its first case; so a case that jumps on is linked with all.</summary>
    private void LinkJumps(int function, int firstCase)
    {
        for (var block = Starts[function]; block < EndOf(function); block++)
        {
            if (Graph.Ends[block] == BlockEnd.IndirectJump && _nextCase[block] == ControlFlowGraph.None)
            {
                _nextCase[block] = firstCase;
            }
        }
    }

    /// <summary>Finds out which blocks of functions are connected without computed jumps.</summary>
    private DisjointSets Connect()
    {
        var connected = new DisjointSets(Graph.Count);
        for (var block = 0; block < Graph.Count; block++)
        {
            for (var index = 0; index < 2; index++)
            {
                var successor = SuccessorWithin(block, index);
                if (Reachable.Contains(block) && Reachable.Contains(successor) && FunctionOf[successor] == FunctionOf[block])
                {
                    connected.Join(block, successor);
                }
            }
        }

        return connected;
    }
}

namespace Pvm2.Runtime.Diagnostics;

/// <summary>The distinct call stacks of a run, each with the gas of its last function. Parents come before their children.</summary>
internal sealed class CallTree
{
    /// <summary>The parent of the stacks of one function.</summary>
    internal const int NoParent = -1;

    /// <summary>The function of the node under which stacks are put that are one too many.</summary>
    internal const int ManyStacks = -1;

    /// <summary>
    /// Nodes that are told apart; what a guest makes beyond them is counted by function alone. So much takes some
    /// megabytes, and is more than a picture can show.
    /// </summary>
    internal const int MaxNodes = 1 << 16;

    private readonly List<int> _parents = [];
    private readonly List<int> _functions = [];
    private readonly List<ulong> _gas = [];
    private readonly Dictionary<long, int> _children = [];
    private int _overflow = NoParent;

    /// <summary>How many there are.</summary>
    internal int Count => _parents.Count;

    /// <summary>Whether there were more stacks than are told apart.</summary>
    internal bool IsCut => _overflow != NoParent;

    /// <summary>The stack that lacks a node's function, or <see cref="NoParent"/>.</summary>
    internal int ParentOf(int node) => _parents[node];

    /// <summary>The function that a stack ends in, or <see cref="ManyStacks"/>.</summary>
    internal int FunctionOf(int node) => _functions[node];

    /// <summary>Gas of the function that a stack ends in.</summary>
    internal ulong GasOf(int node) => _gas[node];

    /// <summary>Counts gas for the function that a stack ends in.</summary>
    internal void AddGas(int node, ulong gas) => _gas[node] += gas;

    /// <summary>The stack of a function that is called in another.</summary>
    /// <param name="parent">That stack, or <see cref="NoParent"/>.</param>
    /// <param name="function">The function.</param>
    internal int Child(int parent, int function)
    {
        if (_children.TryGetValue(Key(parent, function), out var child))
        {
            return child;
        }

        if (Count < MaxNodes)
        {
            return Add(parent, function);
        }

        if (_overflow == NoParent)
        {
            _overflow = Add(NoParent, ManyStacks);
        }

        return _children.TryGetValue(Key(_overflow, function), out child) ? child : Add(_overflow, function);
    }

    /// <summary>Gas of each node and all below it.</summary>
    internal ulong[] SumUp()
    {
        var sums = _gas.ToArray();
        for (var node = sums.Length - 1; node >= 0; node--)
        {
            if (_parents[node] != NoParent)
            {
                sums[_parents[node]] += sums[node];
            }
        }

        return sums;
    }

    private static long Key(int parent, int function) => ((long)parent << 32) | (uint)function;

    private int Add(int parent, int function)
    {
        var node = Count;
        _children.Add(Key(parent, function), node);
        _parents.Add(parent);
        _functions.Add(function);
        _gas.Add(0);
        return node;
    }
}

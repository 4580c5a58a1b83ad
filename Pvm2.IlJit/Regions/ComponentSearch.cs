namespace Pvm2.IlJit.Regions;

/// <summary>
/// Finds strongly connected components (Tarjan 1972), without recursion: a guest chooses how deep its graph is.
/// </summary>
/// <typeparam name="TFlow">The graph.</typeparam>
/// <param name="flow">The graph.</param>
/// <param name="count">Number of nodes.</param>
internal sealed class ComponentSearch<TFlow>(TFlow flow, int count)
    where TFlow : IFlow
{
    private const int Unvisited = 0;
    private const int Taken = int.MaxValue;

    // When the search came to a node, and the earliest such time of what the node leads back to.
    private readonly int[] _times = new int[count];
    private readonly int[] _earliest = new int[count];
    private readonly NodeStack _open = new();
    private readonly NodeStack _path = new();
    private readonly NodeStack _next = new();
    private int _time;

    /// <summary>Whether the search has come to a node.</summary>
    internal bool HasVisited(int node) => _times[node] != Unvisited;

    /// <summary>Forgets that the search has come to a node, so that it can be searched again.</summary>
    internal void Forget(int node) => _times[node] = Unvisited;

    /// <summary>Searches from a node, unless the search has come to it before.</summary>
    internal void Start(int root)
    {
        if (HasVisited(root))
        {
            return;
        }

        Enter(root);
        while (_path.Count != 0)
        {
            var node = _path.Top;
            if (_next.Top < flow.CountSuccessors(node))
            {
                Follow(node, flow.Successor(node, _next.Top++));
            }
            else
            {
                Leave(node);
            }
        }
    }

    private void Enter(int node)
    {
        _times[node] = _earliest[node] = ++_time;
        _open.Push(node);
        _path.Push(node);
        _next.Push(0);
    }

    private void Follow(int node, int successor)
    {
        if (successor == ControlFlowGraph.None)
        {
            return;
        }

        if (!HasVisited(successor))
        {
            Enter(successor);
            return;
        }

        _earliest[node] = Math.Min(_earliest[node], _times[successor]);
    }

    private void Leave(int node)
    {
        _path.Pop();
        _next.Pop();
        if (_path.Count != 0)
        {
            ref var above = ref _earliest[_path.Top];
            above = Math.Min(above, _earliest[node]);
        }

        if (_earliest[node] == _times[node])
        {
            Take(node);
        }
    }

    private void Take(int first)
    {
        var nodes = _open.From(first);
        foreach (var node in nodes)
        {
            _times[node] = Taken;
        }

        flow.Take(nodes);
        _open.Drop(nodes.Length);
    }
}

using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Isa;

namespace Pvm2.IlJit.Regions;

/// <summary>
/// Finds the blocks that a run can come to. In static these are what entry points, jumps and tables lead to, but not
/// where a return goes if its index is beyond its table, which no producer means to happen. In xjar an indirect jump may go to any block; then all count but those that do nothing but panic and that no jump,
/// constant, data or symbol leads to, such as the zeros between functions.
/// </summary>
internal sealed class ReachableBlocks
{
    private readonly Module _module;
    private readonly ControlFlowGraph _graph;
    private readonly BlockSet _reached;
    private readonly BlockSet _tables;
    private readonly BlockSet _jumpTables;
    private readonly Stack<int> _pending = new();
    private bool _goesAnywhere;

    private ReachableBlocks(Module module, ControlFlowGraph graph)
    {
        _module = module;
        _graph = graph;
        _reached = new BlockSet(graph.Count);
        _tables = new BlockSet(module.Program.JumpTables.Count);
        _jumpTables = new BlockSet(module.Program.JumpTables.Count);
        Roots = new BlockSet(graph.Count);
    }

    /// <summary>
    /// Blocks that a run may come to without a jump that the graph knows: entry points, and in xjar return sites, blocks
    /// whose address is a constant, and if there is an indirect jump, a block of all that nothing leads to.
    /// </summary>
    internal BlockSet Roots { get; }

    /// <summary>Finds them.</summary>
    internal static ReachableBlocks Find(Module module, ControlFlowGraph graph)
    {
        var reachable = new ReachableBlocks(module, graph);
        foreach (var entryPoint in module.Program.EntryPoints)
        {
            reachable.Start(module.Blocks.IndexOf(entryPoint.Offset));
        }

        if (reachable._goesAnywhere)
        {
            reachable.AddIndirectTargets();
        }

        return reachable;
    }

    /// <summary>Whether a run can come to a block; never to <see cref="ControlFlowGraph.None"/>.</summary>
    internal bool Contains(int block) => _reached.Contains(block);

    private void AddIndirectTargets()
    {
        CodeAddresses.Find(_module, _graph);
        for (var block = 0; block < _graph.Count; block++)
        {
            if (_graph.Addresses.Contains(block))
            {
                Start(block);
            }
        }

        for (var block = 0; block < _graph.Count; block++)
        {
            if (!Contains(block) && _graph.Ends[block] != BlockEnd.Panic)
            {
                _graph.Addresses.Add(block);
                Start(block);
            }
        }
    }

    /// <summary>Follows the graph from a root.</summary>
    private void Start(int root)
    {
        Roots.Add(root);
        Reach(root);
        while (_pending.TryPop(out var block))
        {
            ReachTarget(_graph.TargetOf(block));
            Reach(_graph.NextOf(block));
            ReachReturnSite(block);
            ReachTable(block);
            _goesAnywhere |= _graph.GoesAnywhere(block);
        }
    }

    /// <summary>A jalr may go to a fixed target too; that its address is a constant is all that tells.</summary>
    private void ReachTarget(int target)
    {
        if (_module.Program.Profile == Profile.Xjar && _graph.Addresses.Contains(target))
        {
            Roots.Add(target);
        }

        Reach(target);
    }

    /// <summary>In static a return site is reached through the table of a return.</summary>
    private void ReachReturnSite(int block)
    {
        if (_module.Program.Profile == Profile.Xjar && _graph.ReturnSiteOf(block) is >= 0 and var site)
        {
            Roots.Add(site);
            Reach(site);
        }
    }

    private void ReachTable(int block)
    {
        if (_graph.TableOf(block) is not (>= 0 and var table))
        {
            return;
        }

        if (_tables.Add(table))
        {
            foreach (var target in _module.Program.JumpTables[table])
            {
                Reach(_module.Blocks.IndexOf(target));
            }
        }

        if (_graph.Ends[block] == BlockEnd.IndirectJump && _jumpTables.Add(table))
        {
            foreach (var target in _module.Program.JumpTables[table])
            {
                _graph.Addresses.Add(_module.Blocks.IndexOf(target));
            }
        }
    }

    private void Reach(int block)
    {
        if (block != ControlFlowGraph.None && _reached.Add(block))
        {
            _pending.Push(block);
        }
    }
}

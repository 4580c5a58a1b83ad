using Pvm2.Runtime.Execution;

namespace Pvm2.IlJit.Regions;

/// <summary>
/// Finds the blocks at which regions can be entered: entry points, blocks after host calls, targets of jumps, calls and
/// tables from other regions, heads of loops, entry blocks of recursive functions, and in xjar whatever an indirect jump
/// is likely to go to: addresses and return sites.
/// </summary>
/// <remarks>
/// What a return does with an index beyond its table does not count, nor what an xjar program finds by reckoning with
/// addresses: there the interpreter goes on until the next entry.
/// </remarks>
internal sealed class EntryFinder
{
    private const int Unused = -1;
    private const int Several = -2;

    private readonly Module _module;
    private readonly ControlFlowGraph _graph;
    private readonly ReachableBlocks _reachable;
    private readonly int[] _regionOfBlock;
    private readonly BlockSet _entries;

    private EntryFinder(Module module, ControlFlowGraph graph, ReachableBlocks reachable, int[] regionOfBlock)
    {
        _module = module;
        _graph = graph;
        _reachable = reachable;
        _regionOfBlock = regionOfBlock;
        _entries = new BlockSet(graph.Count);
    }

    /// <summary>Finds the entries of all regions.</summary>
    internal static BlockSet Find(
        Module module, ControlFlowGraph graph, ReachableBlocks reachable, int[] regionOfBlock, int regions, RegionLimits limits)
    {
        var finder = new EntryFinder(module, graph, reachable, regionOfBlock);
        finder.AddTargets();
        finder.AddTableTargets(limits.MaxSwitchTargets);
        return finder._entries;
    }

    private void AddTargets()
    {
        for (var block = 0; block < _graph.Count; block++)
        {
            if (!_reachable.Contains(block))
            {
                continue;
            }

            if (_reachable.Roots.Contains(block))
            {
                _entries.Add(block);
            }

            AddTarget(block, _graph.NextOf(block), _graph.Ends[block] == BlockEnd.HostCall);
            AddTarget(block, _graph.TargetOf(block), false);
        }
    }

    private void AddTarget(int block, int target, bool isResumed)
    {
        if (target != ControlFlowGraph.None
            && (isResumed || _regionOfBlock[target] != _regionOfBlock[block] || (target <= block && _graph.Ends[block] != BlockEnd.Call)))
        {
            _entries.Add(target);
        }
    }

    /// <summary>
    /// A target of a table is an entry where a block outside of its region jumps through the table, or any block that
    /// does not return: loops can go through such jumps alone.
    /// </summary>
    private void AddTableTargets(int maxSwitchTargets)
    {
        var users = FindUsers();
        var tables = _module.Program.JumpTables;
        for (var table = 0; table < users.Length; table++)
        {
            if (users[table] == Unused)
            {
                continue;
            }

            var targets = tables[table];
            foreach (var target in targets)
            {
                var block = _module.Blocks.IndexOf(target);
                if (targets.Length > maxSwitchTargets || users[table] != _regionOfBlock[block])
                {
                    _entries.Add(block);
                }
            }
        }
    }

    /// <summary>For each table the region that returns through it, if that is all that is done with it.</summary>
    private int[] FindUsers()
    {
        var users = new int[_module.Program.JumpTables.Count];
        Array.Fill(users, Unused);
        for (var block = 0; block < _graph.Count; block++)
        {
            if (_reachable.Contains(block) && _graph.TableOf(block) is >= 0 and var table)
            {
                var isFirst = users[table] == Unused || users[table] == _regionOfBlock[block];
                users[table] = isFirst && _graph.Ends[block] == BlockEnd.Return ? _regionOfBlock[block] : Several;
            }
        }

        return users;
    }
}

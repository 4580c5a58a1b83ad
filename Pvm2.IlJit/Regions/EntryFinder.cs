using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Isa;

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
    private const int Jumps = -3;

    private readonly Module _module;
    private readonly ControlFlowGraph _graph;
    private readonly ReachableBlocks _reachable;
    private readonly LoopForest _loops;
    private readonly int[] _regionOfBlock;
    private readonly BlockSet _entries;
    private readonly BlockSet _returnSites;

    private EntryFinder(Module module, FunctionMap functions, LoopForest loops, int[] regionOfBlock)
    {
        _module = module;
        _graph = functions.Graph;
        _reachable = functions.Reachable;
        _loops = loops;
        _regionOfBlock = regionOfBlock;
        _entries = new BlockSet(_graph.Count);
        _returnSites = new BlockSet(_graph.Count);
    }

    /// <summary>Finds the entries of all regions.</summary>
    internal static BlockSet Find(
        Module module, FunctionMap functions, LoopForest loops, FunctionHeat heat, int[] regionOfBlock, RegionLimits limits)
    {
        var finder = new EntryFinder(module, functions, loops, regionOfBlock);
        finder.AddTargets(heat, limits.EntryPolicy);
        finder.AddLoopHeads(limits.EntryPolicy);
        if (module.Program.Profile == Profile.Static)
        {
            finder.AddReturnSites(functions);
        }

        finder.AddTableTargets(limits.MaxSwitchTargets);
        return finder._entries;
    }

    private void AddTargets(FunctionHeat heat, EntryPolicy policy)
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
            AddTarget(block, _graph.TargetOf(block), heat.IsRecursiveCall(block) || (policy == EntryPolicy.AllLoopHeads && GoesBackDeepDown(block)));
        }
    }

    /// <summary>Adds a target if it is in another region, or anyway.</summary>
    private void AddTarget(int block, int target, bool anyway)
    {
        if (target != ControlFlowGraph.None && (anyway || _regionOfBlock[target] != _regionOfBlock[block]))
        {
            _entries.Add(target);
        }
    }

    private void AddLoopHeads(EntryPolicy policy)
    {
        foreach (var loop in _loops.Loops)
        {
            if (policy == EntryPolicy.AllLoopHeads || !IsInLoopOfItsRegion(loop))
            {
                _entries.Add(loop.Head);
            }
        }
    }

    /// <summary>Whether the head of some loop around a loop is in the same region.</summary>
    private bool IsInLoopOfItsRegion(Loop loop)
    {
        var region = _regionOfBlock[loop.Head];
        for (var parent = loop.Parent; parent != ControlFlowGraph.None; parent = _loops.Loops[parent].Parent)
        {
            if (_regionOfBlock[_loops.Loops[parent].Head] == region)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a block may go back in a loop that is nested so deeply that its head is not known.</summary>
    private bool GoesBackDeepDown(int block) =>
        _loops.DepthOf(block) == LoopForest.MaxDepth
        && _graph.Ends[block] != BlockEnd.Call
        && _graph.TargetOf(block) is >= 0 and var target
        && target <= block;

    /// <summary>In static the block after a call is an entry where the callee may return from another region.</summary>
    private void AddReturnSites(FunctionMap functions)
    {
        var returns = ReturnRegions.Find(functions, _regionOfBlock);
        for (var block = 0; block < _graph.Count; block++)
        {
            if (_graph.Ends[block] == BlockEnd.Call && _reachable.Contains(block) && _graph.ReturnSiteOf(block) is >= 0 and var site)
            {
                _returnSites.Add(site);
                if (_reachable.Contains(site) && returns.LeadOutOf(_regionOfBlock[site], _graph.Targets[block]))
                {
                    _entries.Add(site);
                }
            }
        }
    }

    /// <summary>
    /// Any other target of a table is an entry where a block outside of its region jumps through the table, or any block
    /// that does not return: loops can go through such jumps alone.
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

            var isLarge = tables[table].Length > maxSwitchTargets;
            foreach (var target in tables[table])
            {
                var block = _module.Blocks.IndexOf(target);
                if (isLarge || users[table] == Jumps || (users[table] != _regionOfBlock[block] && !_returnSites.Contains(block)))
                {
                    _entries.Add(block);
                }
            }
        }
    }

    /// <summary>For each table the region that returns through it, or several do, or whether others jump through it.</summary>
    private int[] FindUsers()
    {
        var users = new int[_module.Program.JumpTables.Count];
        Array.Fill(users, Unused);
        for (var block = 0; block < _graph.Count; block++)
        {
            if (_reachable.Contains(block) && _graph.TableOf(block) is >= 0 and var table)
            {
                users[table] = _graph.Ends[block] != BlockEnd.Return || users[table] == Jumps ? Jumps
                    : users[table] == Unused || users[table] == _regionOfBlock[block] ? _regionOfBlock[block]
                    : Several;
            }
        }

        return users;
    }
}

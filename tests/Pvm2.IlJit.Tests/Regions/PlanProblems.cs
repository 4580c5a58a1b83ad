using Pvm2.IlJit.Regions;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Isa;

namespace Pvm2.IlJit.Tests.Regions;

/// <summary>Looks for what is wrong with a plan, by other and slower ways than the planner's.</summary>
internal sealed class PlanProblems
{
    private readonly Module _module;
    private readonly RegionLimits _limits;
    private readonly RegionPlan _plan;
    private readonly TrueFlow _flow;
    private readonly ControlFlowGraph _graph;
    private readonly HashSet<int> _entries;

    private PlanProblems(Module module, RegionLimits limits, RegionPlan plan)
    {
        _module = module;
        _limits = limits;
        _plan = plan;
        _flow = new TrueFlow(module, limits);
        _graph = ControlFlowScan.Run(module, limits);
        _entries = [.. plan.Regions.SelectMany(region => region.Entries)];
    }

    private bool IsXjar => _module.Program.Profile == Profile.Xjar;

    private IEnumerable<int> Planned => Enumerable.Range(0, _flow.Count).Where(block => RegionOf(block) >= 0);

    /// <summary>Plans a module, and says what is wrong with the plan.</summary>
    internal static IEnumerable<string> Find(Module module, RegionLimits limits)
    {
        var problems = new PlanProblems(module, limits, RegionPlanner.Plan(module, limits));
        return
        [
            .. problems.OfForm(), .. problems.OfReach(), .. problems.OfSize(), .. problems.OfEntries(),
            .. problems.OfReturns(), .. problems.OfCycles(),
        ];
    }

    private int RegionOf(int block) => _plan.RegionOfBlock[block];

    private IEnumerable<string> OfForm()
    {
        var seen = new HashSet<int>();
        foreach (var (region, number) in _plan.Regions.Select((region, number) => (region, number)))
        {
            var isAscending = region.Blocks.Order().SequenceEqual(region.Blocks) && region.Entries.Order().SequenceEqual(region.Entries);
            if (region.Number != number || !isAscending || region.Entries.Except(region.Blocks).Any())
            {
                yield return $"region {number} is in disorder";
            }

            if (!region.Blocks.All(block => seen.Add(block) && RegionOf(block) == number))
            {
                yield return $"a block of region {number} is elsewhere too";
            }
        }

        if (Planned.Count() != seen.Count)
        {
            yield return "a block is in a region that does not have it";
        }
    }

    /// <summary>All that is sure to be reachable is in a region, and nothing that is sure not to be.</summary>
    private IEnumerable<string> OfReach()
    {
        var starts = _module.Program.EntryPoints.Select(entry => _module.Blocks.IndexOf(entry.Offset));
        var least = TrueFlow.Reach(starts, block => _flow.Fixed(block).Concat(_flow.TableTargets(block))
            .Concat(_flow.ReturnsThroughTable(block) ? [] : _flow.BeyondTable(block)));
        var most = TrueFlow.Reach(starts, block => _flow.Fixed(block).Concat(_flow.TableTargets(block))
            .Concat(_flow.BeyondTable(block)).Concat(_flow.Links(block) ? _flow.Next(block) : [])
            .Concat(_graph.TargetOf(block) is >= 0 and var target ? [target] : []));
        if (IsXjar && least.Any(_graph.GoesAnywhere))
        {
            least.UnionWith(Enumerable.Range(0, _flow.Count).Where(block => !_flow.OnlyPanics(block)));
        }

        var planned = Planned.ToHashSet();
        var missing = least.Except(planned).Select(block => $"block {block} can be reached and is in no region");
        return IsXjar && most.Any(_graph.GoesAnywhere)
            ? missing
            : missing.Concat(planned.Except(most).Select(block => $"block {block} cannot be reached and is in a region"));
    }

    private IEnumerable<string> OfSize()
    {
        foreach (var region in _plan.Regions)
        {
            var size = region.Blocks.Aggregate(default(RegionSize), (sum, block) => sum + new RegionSize(1, _flow.Sizes[block]));
            var fits = size.Fits(_limits.Largest);
            if (region.IsCompilable != (fits && region.Entries.Length != 0) || (!fits && region.Blocks.Length != 1))
            {
                yield return $"region {region.Number} of {size} with {region.Entries.Length} entries: {region.IsCompilable}";
            }
        }
    }

    /// <summary>What other regions and hosts go to are entries.</summary>
    private IEnumerable<string> OfEntries()
    {
        var starts = _module.Program.EntryPoints.Select(entry => _module.Blocks.IndexOf(entry.Offset));
        var needed = new HashSet<int>(starts);
        foreach (var block in Planned)
        {
            needed.UnionWith(_flow.Fixed(block).Where(next => RegionOf(next) != RegionOf(block) || _flow.CallsHost(block)));
            if (_flow.ReturnsThroughTable(block))
            {
                needed.UnionWith(_flow.TableTargets(block).Where(next =>
                    RegionOf(next) != RegionOf(block) && !DirectCallsBefore(next).Any()));
            }
            else
            {
                needed.UnionWith(_flow.TableTargets(block));
                needed.UnionWith(_flow.BeyondTable(block).Where(next => RegionOf(next) != RegionOf(block)));
            }

            if (IsXjar && _flow.Links(block) && (_flow.Fixed(block).Any() || _flow.GoesAnywhere(block)))
            {
                needed.UnionWith(_flow.Next(block));
            }

            if (_flow.TableTargets(block).Count > _limits.MaxSwitchTargets)
            {
                needed.UnionWith(_flow.TableTargets(block));
            }
        }

        return needed.Except(_entries).Select(block => $"block {block} is no entry");
    }

    private IEnumerable<int> DirectCallsBefore(int site) =>
        Enumerable.Range(Math.Max(0, site - 2), Math.Min(2, site))
            .Where(call => _graph.Ends[call] == BlockEnd.Call && _graph.ReturnSiteOf(call) == site);

    /// <summary>In static, where a call may return from another region is an entry.</summary>
    private IEnumerable<string> OfReturns()
    {
        if (IsXjar)
        {
            yield break;
        }

        foreach (var call in Planned.Where(block => _graph.Ends[block] == BlockEnd.Call))
        {
            var site = _graph.ReturnSiteOf(call);
            var callee = TrueFlow.Reach([_graph.Targets[call]], Within);
            var comesFromOutside = callee.Any(block => _graph.Ends[block] == BlockEnd.Return && RegionOf(block) != RegionOf(site));
            if (RegionOf(site) >= 0 && comesFromOutside && !_entries.Contains(site))
            {
                yield return $"block {site} is no entry, and block {call} makes a call that comes back to it from outside";
            }
        }
    }

    /// <summary>Where control goes from a block if calls return.</summary>
    private IEnumerable<int> Within(int block)
    {
        var next = _graph.Ends[block] == BlockEnd.Call ? [] : _flow.Fixed(block);
        var site = _graph.ReturnSiteOf(block);
        return next.Concat(site >= 0 ? [site] : _flow.ReturnsThroughTable(block) ? [] : _flow.BeyondTable(block))
            .Where(successor => RegionOf(successor) >= 0);
    }

    /// <summary>Where every loop head is an entry, no way round within a region comes past none of its entries.</summary>
    private IEnumerable<string> OfCycles()
    {
        if (_limits.EntryPolicy != EntryPolicy.AllLoopHeads)
        {
            yield break;
        }

        var incoming = new int[_flow.Count];
        var inner = Planned.Where(block => !_entries.Contains(block)).ToHashSet();
        IEnumerable<int> Successors(int block) => Within(block).Concat(_flow.Fixed(block))
            .Where(next => inner.Contains(next) && RegionOf(next) == RegionOf(block));
        foreach (var next in inner.SelectMany(Successors))
        {
            incoming[next]++;
        }

        var free = new Stack<int>(inner.Where(block => incoming[block] == 0));
        while (free.TryPop(out var block))
        {
            inner.Remove(block);
            foreach (var next in Successors(block).Where(next => --incoming[next] == 0))
            {
                free.Push(next);
            }
        }

        if (inner.Count != 0)
        {
            yield return $"no block of a loop is an entry: {string.Join(' ', inner.Order())}";
        }
    }
}

using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;

namespace Pvm2.Runtime.Diagnostics;

/// <summary>
/// Counts the gas of a run by function and call stack, exactly: the observer of an <see cref="ObservedTier"/>, for one
/// instance and one run.
/// </summary>
public sealed class GasProfiler : IBlockObserver
{
    private const int StackPointer = 2;

    private readonly Module _module;
    private readonly BlockCosts _costs;
    private readonly GuestFunctions _functions;
    private readonly CallTree _tree = new();
    private readonly CallStack _stack;
    private readonly ulong[] _entries;

    /// <summary>Makes the profiler of a run.</summary>
    /// <param name="module">What is to run.</param>
    /// <param name="model">How it is priced; where nothing is metered, instructions take the place of gas.</param>
    public GasProfiler(Module module, GasModel model)
    {
        ArgumentNullException.ThrowIfNull(module);
        _module = module;
        _costs = module.Price(model == GasModel.None ? GasModel.Flat : model);
        _functions = GuestFunctions.Find(module);
        _stack = new CallStack(_functions, _tree);
        _entries = new ulong[module.Blocks.Count];
    }

    /// <inheritdoc/>
    public void BlockEntered(in BlockEntry entry)
    {
        _entries[entry.Block]++;
        _stack.Enter(entry.Block, entry.Registers[StackPointer]);
        _tree.AddGas(_stack.Node, entry.Cost);
    }

    /// <summary>What was counted until now.</summary>
    public GasProfile GetProfile()
    {
        var total = TotalGas();
        var functions = new List<FunctionProfile>();
        var blocks = BlocksByFunction();
        for (var function = 0; function < _functions.Count; function++)
        {
            if (blocks.TryGetValue(function, out var entered))
            {
                functions.Add(Describe(function, total[function], entered));
            }
        }

        functions.Sort(static (left, right) => (right.SelfGas, right.TotalGas, left.ProgramCounter)
            .CompareTo((left.SelfGas, left.TotalGas, right.ProgramCounter)));
        return new GasProfile
        {
            Functions = functions,
            Stacks = DescribeStacks(),
            AreStacksCut = _tree.IsCut,
            IsDepthCut = _stack.IsCut,
        };
    }

    private FunctionProfile Describe(int function, ulong total, List<BlockProfile> blocks)
    {
        var self = 0UL;
        foreach (var block in blocks)
        {
            self += block.Gas;
        }

        blocks.Sort(static (left, right) => (right.Gas, left.ProgramCounter).CompareTo((left.Gas, right.ProgramCounter)));
        return new FunctionProfile(
            _functions.NameOf(function), _functions.AddressOf(function), self, total, _stack.CallsOf(function), blocks);
    }

    private Dictionary<int, List<BlockProfile>> BlocksByFunction()
    {
        var blocks = new Dictionary<int, List<BlockProfile>>();
        for (var block = 0; block < _entries.Length; block++)
        {
            if (_entries[block] == 0)
            {
                continue;
            }

            if (!blocks.TryGetValue(_functions.Of(block), out var list))
            {
                list = [];
                blocks.Add(_functions.Of(block), list);
            }

            var address = _module.Program.CodeBase + _module.Blocks.Starts[block];
            list.Add(new BlockProfile(address, unchecked(_entries[block] * _costs[block]), _entries[block]));
        }

        return blocks;
    }

    /// <summary>For each function the gas of the stacks that it is in; where it calls itself, these count once.</summary>
    private ulong[] TotalGas()
    {
        var totals = new ulong[_functions.Count];
        var sums = _tree.SumUp();
        for (var node = 0; node < sums.Length; node++)
        {
            var function = _tree.FunctionOf(node);
            if (function != CallTree.ManyStacks && !IsCalledIn(function, _tree.ParentOf(node)))
            {
                totals[function] += sums[node];
            }
        }

        return totals;
    }

    private bool IsCalledIn(int function, int node)
    {
        for (; node != CallTree.NoParent; node = _tree.ParentOf(node))
        {
            if (_tree.FunctionOf(node) == function)
            {
                return true;
            }
        }

        return false;
    }

    private StackProfile[] DescribeStacks()
    {
        var stacks = new StackProfile[_tree.Count];
        for (var node = 0; node < stacks.Length; node++)
        {
            var function = _tree.FunctionOf(node);
            stacks[node] = new StackProfile(
                _tree.ParentOf(node),
                function == CallTree.ManyStacks ? GasProfile.ManyStacks : _functions.NameOf(function),
                _tree.GasOf(node));
        }

        return stacks;
    }
}

using Pvm2.Runtime.Diagnostics;

namespace Pvm2.Cli.Observing;

/// <summary>
/// The stacks of a profile side by side, as a flame graph shows them: each has a place and a width in gas, those that it
/// was called in enclose it, and siblings stand by their names.
/// </summary>
internal sealed class StackLayout
{
    private readonly List<int>[] _children;
    private readonly List<int> _roots = [];
    private readonly ulong[] _sums;

    private StackLayout(GasProfile profile)
    {
        var stacks = profile.Stacks;
        _children = new List<int>[stacks.Count];
        _sums = new ulong[stacks.Count];
        for (var stack = stacks.Count - 1; stack >= 0; stack--)
        {
            _children[stack] ??= [];
            _sums[stack] += stacks[stack].SelfGas;
            var parent = stacks[stack].Parent;
            if (parent >= 0)
            {
                _sums[parent] += _sums[stack];
                _children[parent] ??= [];
                _children[parent].Add(stack);
            }
            else
            {
                _roots.Add(stack);
                Gas += _sums[stack];
            }
        }

        foreach (var list in _children.Append(_roots))
        {
            list.Sort((left, right) => string.CompareOrdinal(stacks[left].Name, stacks[right].Name) is not 0 and var order
                ? order
                : left.CompareTo(right));
        }
    }

    /// <summary>The gas of all stacks.</summary>
    public ulong Gas { get; }

    /// <summary>Lays out the stacks of a profile.</summary>
    public static StackLayout Of(GasProfile profile) => new(profile);

    /// <summary>Gas of a stack and of all that were called in it.</summary>
    public ulong SumOf(int stack) => _sums[stack];

    /// <summary>Goes through all stacks: each is opened where it begins and closed where it ends, with what it encloses between.</summary>
    public IEnumerable<(bool IsOpening, int Stack, ulong Gas)> Walk()
    {
        // The stack of a walk is the program's own choice in depth, so this does not recurse.
        var pending = new Stack<(bool IsOpening, int Stack, ulong Gas)>();
        PushAll(pending, _roots, 0);
        while (pending.TryPop(out var step))
        {
            yield return step;
            if (step.IsOpening)
            {
                pending.Push((false, step.Stack, step.Gas + _sums[step.Stack]));
                PushAll(pending, _children[step.Stack], step.Gas);
            }
        }
    }

    private void PushAll(Stack<(bool IsOpening, int Stack, ulong Gas)> pending, List<int> stacks, ulong gas)
    {
        var end = gas;
        foreach (var stack in stacks)
        {
            end += _sums[stack];
        }

        for (var i = stacks.Count - 1; i >= 0; i--)
        {
            end -= _sums[stacks[i]];
            pending.Push((true, stacks[i], end));
        }
    }
}

using Pvm2.Linker.Input;

namespace Pvm2.Linker.Flow;

/// <summary>
/// Pass (static): finds from where control can come back to a caller, that is, can reach a return or an indirect
/// jump. A call of what never comes back ends its function, although code of another function may follow.
/// </summary>
/// <remarks>
/// A least fixed point, computed backwards: an instruction comes back if a successor does, a call if both what it
/// calls and what follows it do.
/// </remarks>
internal sealed class ReturnPaths
{
    private readonly SourceCode _code;
    private readonly bool[] _comesBack;
    private readonly Stack<int> _pending = new();

    // Sources of direct branches, jumps and calls, grouped by target: those of target t are
    // sources[firstSource[t] .. firstSource[t + 1]].
    private readonly int[] _firstSource;
    private readonly int[] _sources;

    private ReturnPaths(SourceCode code)
    {
        _code = code;
        _comesBack = new bool[_code.Count];
        _firstSource = new int[_code.Count + 1];
        _sources = GroupSources();
    }

    /// <summary>Computes, for each reachable instruction, whether control can come back to the caller from it.</summary>
    public static bool[] Find(SourceCode code)
    {
        var pass = new ReturnPaths(code);
        for (var i = 0; i < code.Count; i++)
        {
            if (code.Instructions[i] is { IsReachable: true, Kind: InstructionKind.IndirectJump, IsCall: false })
            {
                pass.Mark(i);
            }
        }

        while (pass._pending.TryPop(out var instruction))
        {
            pass.Propagate(instruction);
        }

        return pass._comesBack;
    }

    private void Propagate(int instruction)
    {
        for (var i = _firstSource[instruction]; i < _firstSource[instruction + 1]; i++)
        {
            var source = _sources[i];
            if (!_code.Instructions[source].IsCall || _comesBack[source + 1])
            {
                Mark(source);
            }
        }

        if (instruction > 0 && FallsInto(instruction))
        {
            Mark(instruction - 1);
        }
    }

    /// <summary>Whether the instruction before goes on here and, where it is a call, its callee comes back.</summary>
    private bool FallsInto(int instruction)
    {
        ref readonly var before = ref _code.Instructions[instruction - 1];
        return before.IsReachable && before.Kind switch
        {
            InstructionKind.Trap => false,
            InstructionKind.Jump => before.IsCall && _comesBack[before.Target],
            InstructionKind.IndirectJump => before.IsCall,
            _ => true,
        };
    }

    private void Mark(int instruction)
    {
        if (!_comesBack[instruction])
        {
            _comesBack[instruction] = true;
            _pending.Push(instruction);
        }
    }

    private int[] GroupSources()
    {
        for (var i = 0; i < _code.Count; i++)
        {
            if (HasTarget(_code.Instructions[i]))
            {
                _firstSource[_code.Instructions[i].Target + 1]++;
            }
        }

        for (var i = 0; i < _code.Count; i++)
        {
            _firstSource[i + 1] += _firstSource[i];
        }

        var next = _firstSource.AsSpan(0, _code.Count).ToArray();
        var grouped = new int[_firstSource[_code.Count]];
        for (var i = 0; i < _code.Count; i++)
        {
            if (HasTarget(_code.Instructions[i]))
            {
                grouped[next[_code.Instructions[i].Target]++] = i;
            }
        }

        return grouped;
    }

    private static bool HasTarget(in SourceInstruction item) =>
        item.IsReachable && item.Kind is InstructionKind.Branch or InstructionKind.Jump;
}

using Pvm2.Linker.Diagnostics;
using Pvm2.Linker.Input;
using Pvm2.Runtime.Programs;

namespace Pvm2.Linker.Flow;

/// <summary>Pass (static): numbers address-taken code, calls and tables.</summary>
internal sealed class JumpTablePlanner
{
    /// <summary>What the names of C++ member functions begin with: a nested name in the Itanium ABI.</summary>
    private const string MemberPrefix = "_ZN";

    private readonly SourceCode _code;
    private readonly ReturnGroups _groups;
    private readonly List<ProgramEntry> _entries;
    private readonly FunctionIndex _functions;

    private JumpTablePlanner(SourceCode code, ReturnGroups groups, List<ProgramEntry> entries, FunctionIndex functions)
    {
        _code = code;
        _groups = groups;
        _entries = entries;
        _functions = functions;
    }

    /// <summary>Makes the plan.</summary>
    public static JumpTablePlan Plan(SourceCode code, ReturnGroups groups, List<ProgramEntry> entries, FunctionIndex functions) =>
        new JumpTablePlanner(code, groups, entries, functions).Plan();

    private JumpTablePlan Plan()
    {
        var handles = CollectHandles();
        var values = NumberHandles(handles);
        var calls = CollectCalls();
        var tables = new List<List<int>>();
        var returnTables = new Dictionary<int, int>();
        var sharesHandles = _groups.ReturnsMayFindHandles && calls.ContainsKey(_groups.AddressTaken);
        if (sharesHandles || HasIndirectJump())
        {
            tables.Add(handles);
        }

        if (sharesHandles)
        {
            calls.Remove(_groups.AddressTaken, out var shared);
            handles.AddRange(shared!);
            returnTables.Add(_groups.AddressTaken, 0);
        }

        AddReturnTables(calls, tables, returnTables);
        return new JumpTablePlan
        {
            Tables = tables,
            HandleTable = tables.Count > 0 && ReferenceEquals(tables[0], handles) ? 0 : JumpTablePlan.None,
            Handles = values,
            CallNumbers = NumberCalls(tables),
            ReturnTables = returnTables,
            Groups = _groups,
        };
    }

    /// <summary>
    /// All address-taken code: what code mentions comes first, since a small number takes a smaller instruction
    /// there and the same eight bytes in data.
    /// </summary>
    private List<int> CollectHandles()
    {
        var inCode = new bool[_code.Count];
        foreach (ref readonly var item in _code.Instructions.AsSpan())
        {
            if (item.IsReachable && item.Reference.Kind == LocationKind.Code
                && item.Kind is InstructionKind.AddressHigh or InstructionKind.TableAddressHigh or InstructionKind.AddressLow)
            {
                inCode[item.Reference.Index] = true;
            }
        }

        var taken = Enumerable.Range(0, _code.Count).Where(i => _code.Instructions[i].IsAddressTaken).ToList();
        return [.. taken.Where(i => inCode[i]), .. taken.Where(i => !inCode[i])];
    }

    private uint[] NumberHandles(List<int> handles)
    {
        var values = new uint[_code.Count];
        for (var i = 0; i < handles.Count; i++)
        {
            values[handles[i]] = JumpTablePlan.HandleOf(i);
        }

        // C++ tells a pointer to a virtual member function by its being odd, so others must be even.
        foreach (var symbol in _functions.Symbols)
        {
            var instruction = symbol.Name.StartsWith(MemberPrefix, StringComparison.Ordinal) ? _code.Find(symbol.Section, symbol.Offset) : -1;
            if (instruction >= 0 && (values[instruction] & 1) != 0)
            {
                values[instruction] = JumpTablePlan.ToEven(values[instruction]);
            }
        }

        return values;
    }

    private bool HasIndirectJump() => Array.Exists(
        _code.Instructions, i => i is { IsReachable: true, Kind: InstructionKind.IndirectJump });

    /// <summary>The calls of each group that has a return, or something that serves as one.</summary>
    private Dictionary<int, List<int>> CollectCalls()
    {
        var calls = new Dictionary<int, List<int>>();
        if (_groups.ReturnsMayFindHandles)
        {
            calls.Add(_groups.AddressTaken, []);
        }

        for (var i = 0; i < _code.Count; i++)
        {
            if (_code.Instructions[i] is { IsReachable: true, Kind: InstructionKind.Return })
            {
                calls.TryAdd(_groups.Of(i), []);
            }
        }

        for (var i = 0; i < _code.Count; i++)
        {
            ref readonly var item = ref _code.Instructions[i];
            if (item.IsReachable && item.IsCall
                && calls.TryGetValue(item.Kind == InstructionKind.Jump ? _groups.Of(item.Target) : _groups.AddressTaken, out var list))
            {
                list.Add(_code.Count + i);
            }
        }

        for (var i = 0; i < _entries.Count; i++)
        {
            if (calls.TryGetValue(_groups.Of(_entries[i].Instruction), out var list))
            {
                list.Add(_code.Count + _code.Count + i);
            }
        }

        return calls.Where(c => c.Value.Count != 0).ToDictionary();
    }

    private static void AddReturnTables(Dictionary<int, List<int>> calls, List<List<int>> tables, Dictionary<int, int> returnTables)
    {
        var shares = calls.OrderBy(c => c.Key).Select(c => (Groups: new List<int> { c.Key }, Calls: c.Value)).ToList();
        var room = AddressSpace.MaxJumpTables - tables.Count;
        while (shares.Count > room)
        {
            shares = ShareSmallest(shares, shares.Count - room);
        }

        foreach (var share in shares.OrderBy(s => s.Groups[0]))
        {
            foreach (var group in share.Groups)
            {
                returnTables.Add(group, tables.Count);
            }

            tables.Add(share.Calls);
        }
    }

    /// <summary>
    /// Groups may always share a table, at the price of larger numbers: where there are more than tables, the
    /// smallest ones pair up.
    /// </summary>
    private static List<(List<int> Groups, List<int> Calls)> ShareSmallest(List<(List<int> Groups, List<int> Calls)> shares, int excess)
    {
        var sorted = shares.OrderBy(s => s.Calls.Count).ThenBy(s => s.Groups[0]).ToList();
        var pairs = Math.Min(excess, sorted.Count / 2);
        var result = new List<(List<int> Groups, List<int> Calls)>();
        for (var i = 0; i < pairs; i++)
        {
            var (left, right) = (sorted[2 * i], sorted[(2 * i) + 1]);
            result.Add(([.. left.Groups, .. right.Groups], [.. left.Calls, .. right.Calls]));
        }

        result.AddRange(sorted.Skip(2 * pairs));
        return result;
    }

    private int[] NumberCalls(List<List<int>> tables)
    {
        var numbers = new int[_code.Count + _entries.Count];
        Array.Fill(numbers, JumpTablePlan.None);
        foreach (var table in tables)
        {
            for (var i = 0; i < table.Count; i++)
            {
                if (table[i] >= _code.Count)
                {
                    numbers[table[i] - _code.Count] = i;
                }
            }
        }

        return numbers;
    }
}

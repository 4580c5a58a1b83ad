using System.Runtime.CompilerServices;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Interpreter.Instructions;

namespace Pvm2.Runtime.Interpreter;

/// <summary>Numbers the handlers that programs turn out to need, and keeps their entry points.</summary>
/// <remarks>
/// Looking a handler up makes the runtime load types, so it is done once for each, under a lock, and only for what a
/// program holds. Readers need no lock: a number is stored after the entry point that it is for.
/// </remarks>
internal sealed unsafe class HandlerRegistry
{
    /// <summary>The number of no handler.</summary>
    internal const ushort None = ushort.MaxValue;

    private const ushort Unknown = None - 1;
    private const int CodeCount = (int)OperationCode.Count;

    private readonly Lock _lock = new();
    private readonly nint[] _entries = GC.AllocateArray<nint>(CodeCount * (CodeCount + 1), pinned: true);

    // By code, and then by pair of codes.
    private readonly ushort[] _numbers = new ushort[CodeCount * (CodeCount + 1)];
    private readonly delegate*<OperationCode, OperationCode, nint> _find;
    private int _count;

    private HandlerRegistry(delegate*<OperationCode, OperationCode, nint> find)
    {
        _find = find;
        Array.Fill(_numbers, Unknown);
    }

    /// <summary>Handlers of blocks that cost gas.</summary>
    internal static HandlerRegistry Metered { get; } = new(
        TailCalls.KeepStack ? &FindEntry<MeteredEntry> : &FindEntry<MeteredReturnEntry>);

    /// <summary>Handlers of blocks that cost nothing.</summary>
    internal static HandlerRegistry Unmetered { get; } = new(
        TailCalls.KeepStack ? &FindEntry<UnmeteredEntry> : &FindEntry<UnmeteredReturnEntry>);

    /// <summary>The entry points, by number; the array is pinned and lives as long as the process.</summary>
    internal nint* Entries => (nint*)Unsafe.AsPointer(ref _entries[0]);

    /// <summary>The number of the handler of one operation.</summary>
    internal ushort Number(OperationCode code) => Number((int)code, code, OperationCode.Count);

    /// <summary>The number of the handler of two operations; <see cref="None"/> if there is none.</summary>
    internal ushort Number(OperationCode first, OperationCode second) =>
        Number((((int)first + 1) * CodeCount) + (int)second, first, second);

    private static nint FindEntry<TEntry>(OperationCode first, OperationCode second)
        where TEntry : struct, IBlockEntry => second == OperationCode.Count
            ? (nint)HandlerTable<TEntry>.Find(first)
            : (nint)HandlerTable<TEntry>.Find(first, second);

    private ushort Number(int place, OperationCode first, OperationCode second)
    {
        var number = Volatile.Read(ref _numbers[place]);
        return number != Unknown ? number : Add(place, first, second);
    }

    private ushort Add(int place, OperationCode first, OperationCode second)
    {
        lock (_lock)
        {
            if (_numbers[place] == Unknown)
            {
                var entry = _find(first, second);
                _entries[_count] = entry;
                Volatile.Write(ref _numbers[place], entry == 0 ? None : (ushort)_count++);
            }

            return _numbers[place];
        }
    }
}

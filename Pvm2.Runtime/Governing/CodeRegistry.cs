using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Programs;

namespace Pvm2.Runtime.Governing;

/// <summary>
/// The codes of all modules of a governor, found by their programs. It keeps none of them alive.
/// </summary>
/// <remarks>
/// <para>What is the same program is decided by its hash. That takes longer than to compile a small one, so modules are
/// told apart by a fingerprint first, and hashed only if another has the same. Whoever makes programs with equal
/// fingerprints on purpose gains nothing: no more than <see cref="MostCandidates"/> of them are looked at.</para>
/// <para>Concurrency: a lock guards the table. It is taken when a module is made ready and when code is let go of, never
/// while a program is hashed or compiled, or code runs.</para>
/// </remarks>
/// <param name="governor">Whose codes they are.</param>
/// <param name="isShared">Whether modules of the same program share one.</param>
internal sealed class CodeRegistry(Governor governor, bool isShared)
{
    private const int SmallestTable = 64;

    /// <summary>More programs of one fingerprint than there are by chance.</summary>
    private const int MostCandidates = 8;

    private readonly Lock _lock = new();
    private Entry?[] _table = new Entry?[SmallestTable];
    private int _count;

    /// <summary>The code of a module: that of another of the same program if there is one, else a new one.</summary>
    /// <param name="module">The module.</param>
    /// <param name="model">The gas model.</param>
    /// <param name="isFound">Whether it is another's.</param>
    internal GovernedCode FindOrAdd(Module module, GasModel model, out bool isFound)
    {
        var fingerprint = Fingerprint(module.Program, model);
        GovernedCode[] candidates;
        lock (_lock)
        {
            candidates = isShared ? FindCandidates(fingerprint, model) : [];
            if (candidates.Length == 0)
            {
                isFound = false;
                return Add(fingerprint, new GovernedCode(governor, module, model));
            }
        }

        if (TryHash(module) is { } hash)
        {
            foreach (var candidate in candidates)
            {
                if (candidate.Module == module || TryHash(candidate.Module) == hash)
                {
                    isFound = true;
                    return candidate;
                }
            }
        }

        isFound = false;
        lock (_lock)
        {
            return Add(fingerprint, new GovernedCode(governor, module, model));
        }
    }

    /// <summary>All codes that are still there.</summary>
    internal List<GovernedCode> List()
    {
        lock (_lock)
        {
            var codes = new List<GovernedCode>(_count);
            foreach (var first in _table)
            {
                for (var entry = first; entry is not null; entry = entry.Next)
                {
                    if (entry.Code.TryGetTarget(out var code))
                    {
                        codes.Add(code);
                    }
                }
            }

            return codes;
        }
    }

    /// <summary>A few numbers that differ between most programs, at the cost of a few loads.</summary>
    private static int Fingerprint(GuestProgram program, GasModel model)
    {
        var code = program.Code.Span;
        var hash = default(HashCode);
        hash.Add((int)model);
        hash.Add(code.Length);
        hash.Add(program.ReadOnlyData.Size);
        hash.Add(program.ReadWriteData.Size);
        hash.Add(program.Stack.Size);
        const int Samples = 16;
        for (var n = 0; n < Samples && code.Length >= sizeof(ulong); n++)
        {
            var place = (int)((long)(code.Length - sizeof(ulong)) * n / (Samples - 1));
            hash.Add(BitConverter.ToUInt64(code[place..]));
        }

        return hash.ToHashCode();
    }

    /// <summary>The hash of a module's program; null for one that has no container, and so none.</summary>
    private static ProgramHash? TryHash(Module module)
    {
        try
        {
            return module.Hash;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private GovernedCode[] FindCandidates(int fingerprint, GasModel model)
    {
        var found = new List<GovernedCode>();
        for (var entry = First(fingerprint); entry is not null && found.Count < MostCandidates; entry = entry.Next)
        {
            if (entry.Fingerprint == fingerprint && entry.Code.TryGetTarget(out var code) && code.Model == model)
            {
                found.Add(code);
            }
        }

        return [.. found];
    }

    private GovernedCode Add(int fingerprint, GovernedCode code)
    {
        if (_count > _table.Length)
        {
            Rebuild();
        }

        ref var first = ref First(fingerprint);
        first = new Entry(fingerprint, new WeakReference<GovernedCode>(code), first);
        _count++;
        return code;
    }

    /// <summary>Leaves out what is gone, and makes room for twice as many as there are.</summary>
    private void Rebuild()
    {
        var old = _table;
        _count = CountAlive(old);
        _table = new Entry?[Math.Max(SmallestTable, 2 * _count)];
        foreach (var start in old)
        {
            for (var entry = start; entry is not null; entry = entry.Next)
            {
                if (entry.Code.TryGetTarget(out _))
                {
                    ref var first = ref First(entry.Fingerprint);
                    first = new Entry(entry.Fingerprint, entry.Code, first);
                }
            }
        }
    }

    private static int CountAlive(Entry?[] table)
    {
        var count = 0;
        foreach (var first in table)
        {
            for (var entry = first; entry is not null; entry = entry.Next)
            {
                count += entry.Code.TryGetTarget(out _) ? 1 : 0;
            }
        }

        return count;
    }

    private ref Entry? First(int fingerprint) => ref _table[(uint)fingerprint % (uint)_table.Length];

    private sealed record Entry(int Fingerprint, WeakReference<GovernedCode> Code, Entry? Next);
}

using System.Diagnostics.CodeAnalysis;
using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Programs;

namespace Pvm2.Runtime.Text.Listing;

/// <summary>
/// The labels of a listing: the program's own names where they can be labels, and made-up ones where something
/// goes to a place that has none.
/// </summary>
internal sealed class CodeLabels
{
    /// <summary>Begins names that the assembler does not make symbols of.</summary>
    private const string LocalPrefix = ".L";

    private readonly Dictionary<uint, List<string>> _labels = [];
    private readonly HashSet<uint> _boundaries = [];
    private readonly List<CodeSymbol> _others = [];

    internal CodeLabels(GuestProgram program)
    {
        var targets = FindBoundariesAndTargets(program);
        targets.UnionWith(program.JumpTables.Entries.ToArray());
        targets.UnionWith(program.EntryPoints.Select(entry => entry.Offset));
        AddSymbols(program.Symbols);
        foreach (var target in targets)
        {
            if (_boundaries.Contains(target) && !_labels.ContainsKey(target))
            {
                _labels.Add(target, [$"{LocalPrefix}{target:x}"]);
            }
        }
    }

    /// <summary>Names that no label can carry: those that are used twice or lie inside an instruction.</summary>
    internal IReadOnlyList<CodeSymbol> Others => _others;

    /// <summary>The labels at an offset.</summary>
    internal IReadOnlyList<string> At(uint offset) => _labels.TryGetValue(offset, out var labels) ? labels : [];

    /// <summary>A label for an offset.</summary>
    internal bool TryFind(long offset, [NotNullWhen(true)] out string? label)
    {
        label = null;
        if (offset is >= 0 and <= uint.MaxValue && _labels.TryGetValue((uint)offset, out var labels))
        {
            label = SourceNames.Write(labels[0]);
        }

        return label is not null;
    }

    private HashSet<uint> FindBoundariesAndTargets(GuestProgram program)
    {
        var targets = new HashSet<uint>();
        var code = program.Code.Span;
        for (var offset = 0; offset < code.Length;)
        {
            _boundaries.Add((uint)offset);
            var instruction = Decoder.Decode(code, offset, program.Profile);
            if (instruction.Operation.Family is InstructionFamily.Branch or InstructionFamily.Jump)
            {
                targets.Add(unchecked((uint)(offset + instruction.Immediate)));
            }

            offset += instruction.Length;
        }

        _boundaries.Add((uint)code.Length);
        return targets;
    }

    private void AddSymbols(IReadOnlyList<CodeSymbol> symbols)
    {
        var used = symbols.CountBy(symbol => symbol.Name, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        foreach (var symbol in symbols)
        {
            var canBeLabel = used[symbol.Name] == 1
                && _boundaries.Contains(symbol.Offset)
                && !symbol.Name.StartsWith(LocalPrefix, StringComparison.Ordinal);
            if (!canBeLabel)
            {
                _others.Add(symbol);
            }
            else if (_labels.TryGetValue(symbol.Offset, out var labels))
            {
                labels.Add(symbol.Name);
            }
            else
            {
                _labels.Add(symbol.Offset, [symbol.Name]);
            }
        }
    }
}

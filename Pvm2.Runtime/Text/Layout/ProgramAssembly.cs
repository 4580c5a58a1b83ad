using Pvm2.Runtime.Programs;
using Pvm2.Runtime.Text.Parsing;

namespace Pvm2.Runtime.Text.Layout;

/// <summary>Makes the program of a unit whose code and data are laid out.</summary>
internal sealed class ProgramAssembly(AssemblyUnit unit, InstructionBuilder builder, RegionLayout memory)
{
    private const string DefaultEntry = "main";

    internal GuestProgram Build()
    {
        var code = EmitCode();
        foreach (var section in unit.Data.Values)
        {
            WriteFields(section);
        }

        return new GuestProgram
        {
            Profile = unit.Profile,
            Code = code,
            JumpTables = JumpTables.Create([.. unit.Tables.Select(BuildTable)]),
            ReadOnlyData = memory.BuildReadOnlyData(),
            ReadWriteData = memory.BuildReadWriteData(),
            Stack = memory.BuildStack(),
            Heap = memory.BuildHeap(),
            EntryPoints = BuildEntryPoints(),
            Symbols = BuildSymbols(),
            BuildNotes = [.. unit.Notes.OrderBy(note => note.Key, StringComparer.Ordinal)],
        };
    }

    private byte[] EmitCode()
    {
        var emitter = new CodeEmitter(builder, unit.CodeBase, (int)unit.Code.Size);
        foreach (var item in unit.Code.Items)
        {
            emitter.BeginItem();
            if (item.IsInstruction && (emitter.Offset & 1) != 0)
            {
                unit.Diagnostics.Add(item.Position, "Instructions lie at even offsets; put .balign 2 before this one.");
            }

            item.Emit(emitter);
        }

        return emitter.ToArray();
    }

    private void WriteFields(DataSection section)
    {
        foreach (var field in section.Fields)
        {
            if (builder.TryEvaluateField(field, out var number))
            {
                section.Write(field, number);
            }
        }
    }

    private IReadOnlyList<uint> BuildTable(TableDefinition table) => [.. table.Entries.Select(entry => EvaluateOffset(entry))];

    private IReadOnlyList<EntryPoint> BuildEntryPoints()
    {
        if (unit.EntryPoints.Count != 0)
        {
            var entries = unit.EntryPoints.Select(entry => new EntryPoint(entry.Name, EvaluateOffset(entry.Place))).ToList();
            return [entries[0], .. entries.Skip(1).OrderBy(entry => entry.Name, StringComparer.Ordinal)];
        }

        var isLabel = unit.Symbols.TryGet(DefaultEntry, out var main) && main is { Kind: SymbolKind.Label, Section: SectionKind.Text };
        return [new EntryPoint(DefaultEntry, isLabel ? (uint)unit.Code.OffsetOf(main!.Place) : 0)];
    }

    /// <summary>All labels in code; names that begin with <c>.L</c> are the source's own affair.</summary>
    private IReadOnlyList<CodeSymbol> BuildSymbols()
    {
        var symbols = unit.Symbols.Named
            .Where(s => s is { Kind: SymbolKind.Label, Section: SectionKind.Text } && !s.Name.StartsWith(".L", StringComparison.Ordinal))
            .Select(s => new CodeSymbol(s.Name, (uint)unit.Code.OffsetOf(s.Place)))
            .Concat(unit.ExtraSymbols.Select(s => new CodeSymbol(s.Name, EvaluateOffset(s.Place))));
        return [.. symbols.OrderBy(s => s.Offset).ThenBy(s => s.Name, StringComparer.Ordinal)];
    }

    private uint EvaluateOffset(Expression place)
    {
        if (!builder.Evaluator.TryEvaluateCodeOffset(place, out var offset))
        {
            return 0;
        }

        if (offset < 0 || offset > unit.Code.Size || (offset & 1) != 0)
        {
            unit.Diagnostics.Add(place.Position, $"{offset} is no even offset inside the code.");
            return 0;
        }

        return (uint)offset;
    }
}

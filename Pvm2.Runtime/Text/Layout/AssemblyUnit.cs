using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Programs;
using Pvm2.Runtime.Text.Parsing;

namespace Pvm2.Runtime.Text.Layout;

/// <summary>Everything that a source says, as the parser hands it to the passes after it.</summary>
internal sealed class AssemblyUnit
{
    internal AssemblyUnit(Profile profile)
    {
        Profile = profile;
        Symbols = new SymbolTable(Diagnostics);
        Evaluator = new ExpressionEvaluator(this);
        Data = new DataSection[] { new(SectionKind.ReadOnlyData), new(SectionKind.Data), new(SectionKind.Bss) }
            .ToDictionary(section => section.Kind);
    }

    internal Profile Profile { get; set; }

    internal DiagnosticBag Diagnostics { get; } = new();

    internal SymbolTable Symbols { get; }

    internal ExpressionEvaluator Evaluator { get; }

    internal CodeSection Code { get; } = new();

    /// <summary>The data sections by kind.</summary>
    internal IReadOnlyDictionary<SectionKind, DataSection> Data { get; }

    /// <summary>The jump tables in the order of their numbers.</summary>
    internal List<TableDefinition> Tables { get; } = [];

    /// <summary>The entry points in the order of the source; the first is the default one.</summary>
    internal List<NamedPlace> EntryPoints { get; } = [];

    /// <summary>Names for places in code that are no labels of the source.</summary>
    internal List<NamedPlace> ExtraSymbols { get; } = [];

    internal List<BuildNote> Notes { get; } = [];

    /// <summary>What the source says about stack, heap and placement.</summary>
    internal RegionRequests Regions { get; } = new();

    /// <summary>The program counter of the first byte of code.</summary>
    internal long CodeBase => Profile == Profile.Static ? 0 : AddressSpace.CodeBase;

    /// <summary>Names that exist without a definition once the regions are placed; a source may define its own.</summary>
    internal Dictionary<string, long> Predefined { get; } = new(StringComparer.Ordinal);

    internal bool TryGetPredefined(string name, out long value) => Predefined.TryGetValue(name, out value);

    /// <summary>The number of a jump table.</summary>
    internal bool TryFindTable(string name, out int number)
    {
        number = Tables.FindIndex(table => table.Name == name);
        return number >= 0;
    }
}

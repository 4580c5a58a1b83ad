using System.Text;
using Pvm2.Linker.Diagnostics;
using Pvm2.Linker.Elf;
using Pvm2.Linker.Flow;
using Pvm2.Linker.Input;
using Pvm2.Linker.Layout;
using Pvm2.Linker.Lowering;
using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Programs;

namespace Pvm2.Linker.Output;

/// <summary>Pass: puts the program together.</summary>
internal sealed class ProgramBuilder
{
    private const int LongestNote = 1024;
    private readonly SourceCode source;
    private readonly OutputCode output;
    private readonly CodeLayout code;
    private readonly DataLayout data;

    public ProgramBuilder(SourceCode source, OutputCode output, CodeLayout code, DataLayout data)
    {
        this.source = source;
        this.output = output;
        this.code = code;
        this.data = data;
    }

    /// <summary>The offset in the program of an instruction of the ELF.</summary>
    public uint OffsetOf(int instruction) => code.Offsets[output.FirstOutput[instruction]];

    /// <summary>Makes the program.</summary>
    public GuestProgram Build(
        byte[] bytes,
        (byte[] ReadOnly, byte[] ReadWrite) content,
        List<ProgramEntry> entries,
        JumpTables tables,
        LinkOptions options,
        FunctionIndex functions,
        ElfImage image) => new()
        {
            Profile = options.Profile,
            Code = bytes,
            JumpTables = tables,
            ReadOnlyData = data.ReadOnly.ToRegion(content.ReadOnly),
            ReadWriteData = data.ReadWrite.ToRegion(content.ReadWrite),
            Stack = data.Stack.ToRegion(default),
            Heap = data.Heap.ToRegion(default),
            EntryPoints = [.. entries.Select((e, i) => new EntryPoint(e.Name, code.Offsets[output.Thunks[i]]))],
            Symbols = options.KeepSymbols ? CollectSymbols(functions) : [],
            BuildNotes = CollectNotes(options, image),
        };

    /// <summary>Fills in the places of the tables' entries.</summary>
    public JumpTables BuildTables(JumpTablePlan plan) =>
        JumpTables.Create([.. plan.Tables.Select(t => t.Select(OffsetOfEntry).ToArray())]);

    private uint OffsetOfEntry(int entry) => entry < source.Count
        ? OffsetOf(entry)
        : code.Offsets[output.AfterCall[entry - source.Count]];

    private CodeSymbol[] CollectSymbols(FunctionIndex functions)
    {
        var symbols = new List<CodeSymbol>();
        foreach (var symbol in functions.Symbols)
        {
            var instruction = source.Find(symbol.Section, symbol.Offset);
            if (instruction >= 0 && source.Instructions[instruction].IsReachable)
            {
                symbols.Add(new CodeSymbol(symbol.Name, OffsetOf(instruction)));
            }
        }

        symbols.Sort((l, r) => l.Offset != r.Offset ? l.Offset.CompareTo(r.Offset) : string.CompareOrdinal(l.Name, r.Name));
        return [.. symbols.Distinct()];
    }

    private static BuildNote[] CollectNotes(LinkOptions options, ElfImage image)
    {
        var notes = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["linker"] = "Pvm2.Linker " + typeof(ElfLinker).Assembly.GetName().Version?.ToString(3),
        };
        var producers = Array.Find(image.Sections, s => s.Name == ".comment" && !s.IsAllocated);
        if (producers is not null && producers.Content.Length is > 0 and < LongestNote)
        {
            var names = Encoding.UTF8.GetString(producers.Content.Span).Split('\0', StringSplitOptions.RemoveEmptyEntries);
            notes["producer"] = string.Join("; ", names.Distinct().Order(StringComparer.Ordinal));
        }

        foreach (var note in options.BuildNotes)
        {
            notes[note.Key] = note.Value;
        }

        return [.. notes.Select(n => new BuildNote(n.Key, n.Value))];
    }
}

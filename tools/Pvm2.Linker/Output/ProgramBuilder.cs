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
    private readonly SourceCode _source;
    private readonly OutputCode _output;
    private readonly CodeLayout _code;
    private readonly DataLayout _data;

    public ProgramBuilder(SourceCode source, OutputCode output, CodeLayout code, DataLayout data)
    {
        _source = source;
        _output = output;
        _code = code;
        _data = data;
    }

    /// <summary>The offset in the program of an instruction of the ELF.</summary>
    public uint OffsetOf(int instruction) => _code.OffsetOf(_output.FirstOutput[instruction]);

    /// <summary>Makes the program.</summary>
    public GuestProgram Build(
        byte[] bytes,
        InputSections sections,
        byte[][] content,
        List<ProgramEntry> entries,
        JumpTables tables,
        LinkOptions options,
        FunctionIndex functions,
        ElfImage image) => new()
        {
            Profile = options.Profile,
            Code = bytes,
            JumpTables = tables,
            ReadOnlyData = _data.ReadOnly.ToRegion(CollectContent(sections, content, false)),
            ReadWriteData = _data.ReadWrite.ToRegion(CollectContent(sections, content, true)),
            Stack = _data.Stack.ToRegion([]),
            Heap = _data.Heap.ToRegion([]),
            EntryPoints = [.. entries.Select((e, i) => new EntryPoint(e.Name, _code.OffsetOf(_output.Thunks[i])))],
            Symbols = options.KeepSymbols ? CollectSymbols(functions) : [],
            BuildNotes = CollectNotes(options, image),
        };

    /// <summary>Fills in the places of the tables' entries.</summary>
    public JumpTables BuildTables(JumpTablePlan plan) =>
        JumpTables.Create([.. plan.Tables.Select(t => t.Select(OffsetOfEntry).ToArray())]);

    private ContentChunk[] CollectContent(InputSections sections, byte[][] content, bool writable)
    {
        var start = writable ? _data.ReadWrite.Start : _data.ReadOnly.Start;
        return [.. Enumerable.Range(0, content.Length)
            .Where(i => sections.Data[i].IsWritable == writable && content[i].Length != 0)
            .Select(i => new ContentChunk((uint)(_data.StartOf(i) - start), content[i]))];
    }

    private uint OffsetOfEntry(int entry) => entry < _source.Count
        ? OffsetOf(entry)
        : _code.OffsetOf(_output.AfterCall[entry - _source.Count]);

    private CodeSymbol[] CollectSymbols(FunctionIndex functions)
    {
        var symbols = new List<CodeSymbol>();
        foreach (var symbol in functions.Symbols)
        {
            var instruction = _source.Find(symbol.Section, symbol.Offset);
            if (instruction >= 0 && _source.Instructions[instruction].IsReachable)
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
            notes["producer"] = ReadProducers(producers.Content.Span);
        }

        foreach (var note in options.BuildNotes)
        {
            notes[note.Key] = note.Value;
        }

        return [.. notes.Select(n => new BuildNote(n.Key, n.Value))];
    }

    private static string ReadProducers(ReadOnlySpan<byte> comment)
    {
        var names = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var range in comment.Split((byte)0))
        {
            names.Add(ElfImage.Decode(comment[range]));
        }

        names.Remove(string.Empty);
        return string.Join("; ", names);
    }
}

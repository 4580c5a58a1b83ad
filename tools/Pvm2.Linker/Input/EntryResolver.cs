using Pvm2.Linker.Diagnostics;
using Pvm2.Linker.Elf;

namespace Pvm2.Linker.Input;

/// <summary>
/// Pass: finds the entry points: the ELF's own, which comes first, and by name those that the section
/// <c>.pvm2.exports</c> points to and those that the options name.
/// </summary>
internal sealed class EntryResolver
{
    private readonly ElfImage _image;
    private readonly SourceCode _code;
    private readonly SymbolResolver _resolver;
    private readonly ErrorReporter _report;
    private readonly Dictionary<int, string> _names = [];
    private readonly SortedDictionary<string, int> _entries = new(StringComparer.Ordinal);

    private EntryResolver(ElfImage image, SourceCode code, SymbolResolver resolver, ErrorReporter report)
    {
        _image = image;
        _code = code;
        _resolver = resolver;
        _report = report;
    }

    /// <summary>Finds the entry points.</summary>
    public static List<ProgramEntry> Resolve(
        ElfImage image,
        InputSections sections,
        SourceCode code,
        SymbolResolver resolver,
        IReadOnlyList<string> exports,
        ErrorReporter report)
    {
        var pass = new EntryResolver(image, code, resolver, report);
        foreach (var section in sections.Exports)
        {
            pass.AddSection(section);
        }

        pass.AddNamed(exports);
        return pass.ListWithDefault();
    }

    private List<ProgramEntry> ListWithDefault()
    {
        var result = new List<ProgramEntry>();
        var first = _resolver.FindInstruction(_image.EntryPoint);
        if (first < 0)
        {
            _report.Errors.Add($"the entry point, 0x{_image.EntryPoint:x}, is no instruction", "Define _start, or name another function with --entry when linking the ELF.");
            return result;
        }

        var name = NameOf(first);
        result.Add(new ProgramEntry(name, first));
        _entries.Remove(name);
        result.AddRange(_entries.Select(e => new ProgramEntry(e.Key, e.Value)));
        return result;
    }

    private void AddSection(DataSection section)
    {
        foreach (var relocation in section.Relocations)
        {
            if (relocation.Type != RelocationType.Absolute64)
            {
                _report.AddAt(section.Elf, relocation, "an export is no 8-byte pointer", "Export functions with an array of pointers to them.");
            }
            else if (!_resolver.TryResolve(relocation, out var target, out var problem))
            {
                _report.AddAt(section.Elf, relocation, problem.Reason, problem.Advice);
            }
            else if (target.Kind != LocationKind.Code)
            {
                _report.AddAt(section.Elf, relocation, "the export is no function", "Export functions with an array of pointers to them.");
            }
            else
            {
                ref readonly var symbol = ref _image.Symbols[relocation.Symbol];
                var isNamed = symbol.Type != ElfSymbolType.Section && relocation.Addend == 0;
                var name = isNamed ? _image.NameOf(symbol) : string.Empty;
                _entries[name.Length == 0 ? NameOf(target.Index) : name] = target.Index;
            }
        }
    }

    private void AddNamed(IReadOnlyList<string> exports)
    {
        if (exports.Count == 0)
        {
            return;
        }

        var wanted = exports.ToHashSet(StringComparer.Ordinal);
        var found = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 1; i < _image.Symbols.Length; i++)
        {
            var isFunction = _image.Symbols[i].Type is ElfSymbolType.Function or ElfSymbolType.None;
            var name = isFunction ? _image.NameOf(_image.Symbols[i]) : string.Empty;
            if (wanted.Contains(name)
                && _resolver.TryResolve(new ElfRelocation(0, RelocationType.Absolute64, i, 0), out var target, out _)
                && target.Kind == LocationKind.Code)
            {
                found.TryAdd(name, target.Index);
            }
        }

        foreach (var name in exports)
        {
            if (found.TryGetValue(name, out var instruction))
            {
                _entries[name] = instruction;
            }
            else
            {
                _report.Errors.Add(new LinkError(name, string.Empty, 0, string.Empty, "the ELF defines no function of the name to export", "Keep it in the link with __attribute__((used, retain)) or --undefined."));
            }
        }
    }

    private string NameOf(int instruction)
    {
        if (!_names.TryGetValue(instruction, out var name))
        {
            ref readonly var item = ref _code.Instructions[instruction];
            name = _report.Functions.NameOf(item.Section, item.Offset, "entry");
            _names.Add(instruction, name);
        }

        return name;
    }
}

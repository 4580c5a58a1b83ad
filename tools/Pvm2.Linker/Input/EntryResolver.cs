using Pvm2.Linker.Diagnostics;
using Pvm2.Linker.Elf;

namespace Pvm2.Linker.Input;

/// <summary>
/// Pass: finds the entry points: the ELF's own, which comes first, and by name those that the section
/// <c>.pvm2.exports</c> points to and those that the options name.
/// </summary>
internal static class EntryResolver
{
    /// <summary>Finds the entry points.</summary>
    public static List<ProgramEntry> Resolve(
        ElfImage image, InputSections sections, SymbolResolver resolver, IReadOnlyList<string> exports, ErrorReporter report)
    {
        var entries = new SortedDictionary<string, int>(StringComparer.Ordinal);
        AddExportSections(image, sections, resolver, report, entries);
        AddNamed(image, resolver, exports, report, entries);

        var result = new List<ProgramEntry>();
        var first = resolver.FindInstruction(image.EntryPoint);
        if (first < 0)
        {
            report.Errors.Add($"the entry point, 0x{image.EntryPoint:x}, is no instruction", "Define _start, or name another function with --entry when linking the ELF.");
            return result;
        }

        var name = NameOf(image, sections, image.EntryPoint);
        result.Add(new ProgramEntry(name, first));
        entries.Remove(name);
        foreach (var (key, value) in entries)
        {
            result.Add(new ProgramEntry(key, value));
        }

        return result;
    }

    private static void AddExportSections(
        ElfImage image, InputSections sections, SymbolResolver resolver, ErrorReporter report, SortedDictionary<string, int> entries)
    {
        foreach (var section in sections.Exports)
        {
            foreach (var relocation in section.Relocations)
            {
                if (relocation.Type != RelocationType.Absolute64)
                {
                    report.AddAt(section.Elf, relocation, "an export is no 8-byte pointer", "Export functions with an array of pointers to them.");
                }
                else if (!resolver.TryResolve(relocation, out var target, out var problem) || target.Kind != LocationKind.Code)
                {
                    report.AddAt(section.Elf, relocation, problem.Reason ?? "the export is no function", problem.Advice ?? string.Empty);
                }
                else
                {
                    AddExport(image, sections, relocation, target.Index, entries);
                }
            }
        }
    }

    private static void AddExport(
        ElfImage image, InputSections sections, in ElfRelocation relocation, int instruction, SortedDictionary<string, int> entries)
    {
        ref readonly var symbol = ref image.Symbols[relocation.Symbol];
        var isNamed = symbol.Type != ElfSymbolType.Section && relocation.Addend == 0;
        var name = isNamed ? image.NameOf(symbol) : NameOf(image, sections, symbol.Value + (ulong)relocation.Addend);
        entries[name] = instruction;
    }

    private static void AddNamed(
        ElfImage image, SymbolResolver resolver, IReadOnlyList<string> exports, ErrorReporter report, SortedDictionary<string, int> entries)
    {
        foreach (var name in exports)
        {
            var index = Array.FindIndex(image.Symbols, s => IsDefined(s) && image.NameOf(s) == name);
            if (index <= 0
                || !resolver.TryResolve(new ElfRelocation(0, RelocationType.Absolute64, index, 0), out var target, out _)
                || target.Kind != LocationKind.Code)
            {
                report.Errors.Add(new LinkError(name, string.Empty, 0, string.Empty, "the ELF defines no function of the name to export", "Keep it in the link with __attribute__((used, retain)) or --undefined, and not static."));
                continue;
            }

            entries[name] = target.Index;
        }
    }

    private static bool IsDefined(ElfSymbol symbol) =>
        symbol.Section != ElfSymbol.Undefined && symbol.Type is ElfSymbolType.Function or ElfSymbolType.None;

    /// <summary>The best name for an address: that of a global function, else of any symbol in code there.</summary>
    private static string NameOf(ElfImage image, InputSections sections, ulong address)
    {
        var best = string.Empty;
        var bestRank = 0;
        foreach (ref readonly var symbol in image.Symbols.AsSpan())
        {
            if (symbol.Value != address || sections[symbol.Section].Role != SectionRole.Code)
            {
                continue;
            }

            var rank = (symbol.Type == ElfSymbolType.Function ? 2 : symbol.Type == ElfSymbolType.None ? 1 : -4)
                + (symbol.Binding == ElfSymbolBinding.Global ? 2 : 0);
            var name = rank > bestRank ? image.NameOf(symbol) : string.Empty;
            (best, bestRank) = name.Length != 0 && name[0] is not ('$' or '.') ? (name, rank) : (best, bestRank);
        }

        return best.Length == 0 ? "entry" : best;
    }
}

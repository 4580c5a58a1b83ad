using System.Globalization;
using Pvm2.Linker.Diagnostics;
using Pvm2.Linker.Elf;
using Pvm2.Linker.Flow;
using Pvm2.Linker.Input;
using Pvm2.Linker.Layout;
using Pvm2.Runtime.Programs;

namespace Pvm2.Linker.Output;

/// <summary>Pass: writes down what went where.</summary>
internal sealed class MapBuilder(SourceCode source, ProgramBuilder places, JumpTablePlan? plan)
{
    private const int MostNames = 8;

    /// <summary>Makes the map.</summary>
    public LinkMap Build(ElfImage image, InputSections sections, DataLayout layout, FunctionIndex functions)
    {
        var mapped = MapFunctions(sections, functions);
        return new LinkMap(MapSections(image, sections, layout), mapped, MapTables(mapped), MapRegions(layout));
    }

    private static MappedSection[] MapSections(ElfImage image, InputSections sections, DataLayout layout)
    {
        var result = new List<MappedSection>();
        foreach (var section in image.Sections.Where(s => s.IsAllocated).OrderBy(s => s.Address))
        {
            var place = sections[section.Index];
            var placement = place.Role switch
            {
                SectionRole.Code => "code",
                SectionRole.Exports => "entry points",
                SectionRole.Data => string.Create(CultureInfo.InvariantCulture, $"0x{layout.StartOf(place.Index):x8}"),
                _ => "left out",
            };
            result.Add(new MappedSection(section.Name, section.Address, section.Size, placement));
        }

        return [.. result];
    }

    private MappedFunction[] MapFunctions(InputSections sections, FunctionIndex functions)
    {
        var result = new List<MappedFunction>();
        foreach (var symbol in functions.Symbols)
        {
            var first = source.Find(symbol.Section, symbol.Offset);
            var end = source.Find(symbol.Section, (ulong)symbol.Offset + symbol.Size);
            if (first < 0 || !source.Instructions[first].IsReachable)
            {
                continue;
            }

            var offset = places.OffsetOf(first);
            var size = end < 0 ? 0 : places.OffsetOf(end) - offset;
            var address = sections.Code[symbol.Section].Elf.Address + symbol.Offset;
            var table = plan?.ReturnTableOf(first) ?? JumpTablePlan.None;
            result.Add(new MappedFunction(symbol.Name, address, symbol.Size, offset, size, table));
        }

        return [.. result];
    }

    private MappedTable[] MapTables(MappedFunction[] functions)
    {
        if (plan is null)
        {
            return [];
        }

        var names = functions.Where(f => f.ReturnTable >= 0)
            .GroupBy(f => f.ReturnTable)
            .ToDictionary(g => g.Key, g => "returns of " + Enumerate([.. g.Select(f => f.Name)]));
        return [.. plan.Tables.Select((t, i) => new MappedTable(i, t.Count, PurposeOf(i, names)))];
    }

    private string PurposeOf(int table, Dictionary<int, string> names)
    {
        var returns = names.GetValueOrDefault(table, "returns of code without a name");
        return table != plan!.HandleTable ? returns
            : names.ContainsKey(table) ? $"address-taken code, and {returns}"
            : "address-taken code";
    }

    private static string Enumerate(string[] names)
    {
        var shown = string.Join(", ", names.Take(MostNames));
        return names.Length <= MostNames ? shown : string.Create(CultureInfo.InvariantCulture, $"{shown} and {names.Length - MostNames} more");
    }

    private static MappedRegion[] MapRegions(DataLayout layout) =>
    [
        new("read-only data", layout.ReadOnly.Start, layout.ReadOnly.Size),
        new("stack", layout.Stack.Start, layout.Stack.Size),
        new("read-write data", layout.ReadWrite.Start, layout.ReadWrite.Size),
        new("heap", layout.Heap.Start, layout.Heap.Size),
    ];
}

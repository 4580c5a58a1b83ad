using Pvm2.Linker.Elf;
using Pvm2.Linker.Input;

namespace Pvm2.Linker.Diagnostics;

/// <summary>The named places in the code, by address.</summary>
internal sealed class FunctionIndex
{
    /// <summary>How many names may share a byte on average: linkers merge a name with the end of another.</summary>
    private const long MostSharing = 8;

    private readonly FunctionSymbol[] _symbols;

    private FunctionIndex(FunctionSymbol[] symbols) => _symbols = symbols;

    /// <summary>All named places, by section, offset, and then name.</summary>
    public ReadOnlySpan<FunctionSymbol> Symbols => _symbols;

    /// <summary>
    /// Collects the names of functions, and of labels that are not a compiler's or assembler's own. Names may share
    /// bytes of the file; if they do so beyond reason, that is an error.
    /// </summary>
    public static FunctionIndex Build(ElfImage image, InputSections sections, ErrorList errors)
    {
        var found = new List<FunctionSymbol>();
        var room = image.NameBytes * MostSharing;
        foreach (ref readonly var symbol in image.Symbols.AsSpan())
        {
            var place = sections[symbol.Section];
            if (place.Role != SectionRole.Code || symbol.Type is not (ElfSymbolType.Function or ElfSymbolType.None))
            {
                continue;
            }

            var section = sections.Code[place.Index].Elf;
            var offset = symbol.Value - section.Address;
            var raw = image.RawNameOf(symbol);
            if (offset < section.Size && !raw.IsEmpty && raw[0] != '$' && !raw.StartsWith(".L"u8))
            {
                room -= raw.Length;
                if (room < 0)
                {
                    errors.Add("the names of functions share their bytes in the file", string.Empty);
                    break;
                }

                var size = (uint)Math.Min(symbol.Size, section.Size - offset);
                var rank = (symbol.Type == ElfSymbolType.Function ? 1 : 0) + (symbol.Binding == ElfSymbolBinding.Global ? 2 : 0);
                found.Add(new FunctionSymbol(image.NameOf(symbol), place.Index, (uint)offset, size, rank));
            }
        }

        found.Sort(Compare);
        return new FunctionIndex([.. found]);
    }

    /// <summary>Names a place: the symbol at or before it, and the distance where there is one.</summary>
    /// <returns>Such as <c>main+0x1c</c>; empty where no symbol comes before it in its section.</returns>
    public string Describe(int section, uint offset)
    {
        var index = FindLast(section, offset);
        if (index < 0)
        {
            return string.Empty;
        }

        var symbol = _symbols[index];
        return symbol.Offset == offset ? symbol.Name : $"{symbol.Name}+0x{offset - symbol.Offset:x}";
    }

    /// <summary>The best name of a place.</summary>
    /// <returns>The name, or <paramref name="otherwise"/> where nothing names the very place.</returns>
    public string NameOf(int section, uint offset, string otherwise)
    {
        var best = otherwise;
        var rank = -1;
        for (var i = FindLast(section, offset); i >= 0 && IsAt(_symbols[i], section, offset); i--)
        {
            (best, rank) = _symbols[i].Rank >= rank ? (_symbols[i].Name, _symbols[i].Rank) : (best, rank);
        }

        return best;
    }

    /// <summary>The last symbol of a section at or before an offset, or −1.</summary>
    private int FindLast(int section, uint offset)
    {
        var low = 0;
        var high = _symbols.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            var isAtOrBefore = _symbols[middle].Section < section
                || (_symbols[middle].Section == section && _symbols[middle].Offset <= offset);
            (low, high) = isAtOrBefore ? (middle + 1, high) : (low, middle);
        }

        return low > 0 && _symbols[low - 1].Section == section ? low - 1 : -1;
    }

    private static bool IsAt(in FunctionSymbol symbol, int section, uint offset) =>
        symbol.Section == section && symbol.Offset == offset;

    private static int Compare(FunctionSymbol left, FunctionSymbol right)
    {
        var order = left.Section.CompareTo(right.Section);
        order = order != 0 ? order : left.Offset.CompareTo(right.Offset);
        return order != 0 ? order : string.CompareOrdinal(left.Name, right.Name);
    }
}

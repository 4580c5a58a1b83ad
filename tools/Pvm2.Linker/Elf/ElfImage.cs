using System.Text;

namespace Pvm2.Linker.Elf;

/// <summary>An ELF executable taken apart: its sections and symbols, checked against the bounds of the file.</summary>
internal sealed class ElfImage
{
    private const int LongestName = 4096;
    private readonly ReadOnlyMemory<byte> _symbolNames;

    public ElfImage(ulong entryPoint, ElfSection[] sections, ElfSymbol[] symbols, int symbolTable, ReadOnlyMemory<byte> symbolNames)
    {
        EntryPoint = entryPoint;
        Sections = sections;
        Symbols = symbols;
        SymbolTable = symbolTable;
        _symbolNames = symbolNames;
    }

    /// <summary>Address of the first instruction to run.</summary>
    public ulong EntryPoint { get; }

    /// <summary>All sections by number.</summary>
    public ElfSection[] Sections { get; }

    /// <summary>All symbols by number; the first names nothing. Empty for a stripped file.</summary>
    public ElfSymbol[] Symbols { get; }

    /// <summary>The number of the section that holds the symbols; 0 for a stripped file.</summary>
    public int SymbolTable { get; }

    /// <summary>Bytes of all names of symbols.</summary>
    public int NameBytes => _symbolNames.Length;

    /// <summary>The name of a symbol; that of its section for a section symbol, which has no name of its own.</summary>
    public string NameOf(in ElfSymbol symbol) =>
        symbol.Type == ElfSymbolType.Section && symbol.Section < Sections.Length
            ? Sections[symbol.Section].Name
            : ReadString(_symbolNames.Span, symbol.NameOffset);

    /// <summary>The bytes of a symbol's own name, without its terminator.</summary>
    public ReadOnlySpan<byte> RawNameOf(in ElfSymbol symbol) => Terminated(_symbolNames.Span, symbol.NameOffset);

    /// <summary>Reads a zero-terminated name from a string table; what lies outside of it reads as empty.</summary>
    /// <returns>The name; what is no text, or would control a terminal, is replaced.</returns>
    public static string ReadString(ReadOnlySpan<byte> table, uint offset) => Decode(Terminated(table, offset));

    /// <summary>Decodes UTF-8; what is none, and control characters, come out as replacement characters.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes)
    {
        var text = Encoding.UTF8.GetString(bytes);
        return text.Any(char.IsControl)
            ? string.Create(text.Length, text, (span, source) =>
            {
                for (var i = 0; i < span.Length; i++)
                {
                    span[i] = char.IsControl(source[i]) ? '\uFFFD' : source[i];
                }
            })
            : text;
    }

    private static ReadOnlySpan<byte> Terminated(ReadOnlySpan<byte> table, uint offset)
    {
        if (offset >= table.Length)
        {
            return [];
        }

        var rest = table[(int)offset..];
        var end = rest[..Math.Min(rest.Length, LongestName)].IndexOf((byte)0);
        return rest[..(end < 0 ? Math.Min(rest.Length, LongestName) : end)];
    }
}

using System.Globalization;

namespace Pvm2.Linker.Output;

/// <summary>What of an ELF went where in the program.</summary>
public sealed class LinkMap
{
    internal LinkMap(
        IReadOnlyList<MappedSection> sections,
        IReadOnlyList<MappedFunction> functions,
        IReadOnlyList<MappedTable> returnTables,
        IReadOnlyList<MappedRegion> regions)
    {
        Sections = sections;
        Functions = functions;
        Tables = returnTables;
        Regions = regions;
    }

    /// <summary>The sections of the ELF's memory, in the order of their addresses.</summary>
    public IReadOnlyList<MappedSection> Sections { get; }

    /// <summary>The functions that the program contains, in the order of their offsets.</summary>
    public IReadOnlyList<MappedFunction> Functions { get; }

    /// <summary>The jump tables of a static program, by number.</summary>
    public IReadOnlyList<MappedTable> Tables { get; }

    /// <summary>The data regions of the program, from low to high.</summary>
    public IReadOnlyList<MappedRegion> Regions { get; }

    /// <summary>Writes the map as text.</summary>
    public void Write(TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        Line(writer, $"SECTIONS   elf address              size  to");
        foreach (var s in Sections)
        {
            Line(writer, $"  0x{s.ElfAddress:x16} {s.Size,12}  {s.Placement,-22} {s.Name}");
        }

        Line(writer, $"REGIONS    address          size");
        foreach (var r in Regions)
        {
            Line(writer, $"  0x{r.Address:x8} {r.Size,12}  {r.Name}");
        }

        Line(writer, $"FUNCTIONS  elf address      size  offset      size  table");
        foreach (var f in Functions)
        {
            var table = f.ReturnTable < 0 ? "-" : f.ReturnTable.ToString(CultureInfo.InvariantCulture);
            Line(writer, $"  0x{f.ElfAddress:x16} {f.ElfSize,8}  0x{f.Offset:x6} {f.Size,8}  {table,5}  {f.Name}");
        }

        Line(writer, $"JUMP TABLES  entries  of");
        foreach (var t in Tables)
        {
            Line(writer, $"  {t.Number,5} {t.Entries,12}  {t.Purpose}");
        }
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        using var writer = new StringWriter(CultureInfo.InvariantCulture);
        Write(writer);
        return writer.ToString();
    }

    private static void Line(TextWriter writer, FormattableString line)
    {
        writer.Write(line.ToString(CultureInfo.InvariantCulture).TrimEnd());
        writer.Write('\n');
    }
}

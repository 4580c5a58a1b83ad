using System.Globalization;
using Pvm2.Runtime.Programs;

namespace Pvm2.Runtime.Text.Listing;

/// <summary>Writes jump tables as <c>.table</c> directives.</summary>
internal static class TableListing
{
    private const int EntriesPerLine = 8;

    /// <summary>The name that a listing gives a table.</summary>
    internal static string NameOf(int table) => string.Create(CultureInfo.InvariantCulture, $"table{table}");

    internal static void Write(TextWriter writer, JumpTables tables, CodeLabels labels)
    {
        var boundaries = tables.Boundaries.Span;
        var entries = tables.Entries.Span;
        for (var table = 0; table < tables.Count; table++)
        {
            if (boundaries[table] > boundaries[table + 1] || boundaries[table + 1] > entries.Length)
            {
                writer.WriteLine($"    # {NameOf(table)}: its boundaries are wrong");
                continue;
            }

            var rest = tables[table];
            do
            {
                var line = rest[..Math.Min(rest.Length, EntriesPerLine)];
                writer.WriteLine($"    .table {NameOf(table)} {string.Join(", ", line.ToArray().Select(Describe))}".TrimEnd());
                rest = rest[line.Length..];
            }
            while (!rest.IsEmpty);
        }

        string Describe(uint entry) =>
            labels.TryFind(entry, out var label) ? label : entry.ToString(CultureInfo.InvariantCulture);
    }
}

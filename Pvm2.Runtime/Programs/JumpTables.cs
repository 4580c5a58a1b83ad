namespace Pvm2.Runtime.Programs;

/// <summary>
/// The tables of code offsets that <c>br_table</c> jumps through: one flat array of entries and an array of
/// boundaries, so that table t is the entries from <c>Boundaries[t]</c> up to <c>Boundaries[t + 1]</c>.
/// </summary>
public sealed class JumpTables
{
    /// <summary>Makes tables from the flat form.</summary>
    /// <param name="boundaries">One more than there are tables, the first 0; empty for no tables.</param>
    /// <param name="entries">Code offsets.</param>
    public JumpTables(ReadOnlyMemory<uint> boundaries, ReadOnlyMemory<uint> entries)
    {
        Boundaries = boundaries;
        Entries = entries;
    }

    /// <summary>No tables.</summary>
    public static JumpTables None { get; } = new(default, default);

    /// <summary>Where each table starts in <see cref="Entries"/>, and after the last one the number of entries.</summary>
    public ReadOnlyMemory<uint> Boundaries { get; }

    /// <summary>Code offsets of all tables, one after the other.</summary>
    public ReadOnlyMemory<uint> Entries { get; }

    /// <summary>Number of tables.</summary>
    public int Count => Math.Max(0, Boundaries.Length - 1);

    /// <summary>The entries of a table.</summary>
    /// <param name="table">0 to <see cref="Count"/> − 1.</param>
    public ReadOnlySpan<uint> this[int table]
    {
        get
        {
            var boundaries = Boundaries.Span;
            var start = (int)boundaries[table];
            return Entries.Span[start..(int)boundaries[table + 1]];
        }
    }

    /// <summary>Makes the flat form from one array a table.</summary>
    public static JumpTables Create(IReadOnlyList<IReadOnlyList<uint>> tables)
    {
        ArgumentNullException.ThrowIfNull(tables);
        if (tables.Count == 0)
        {
            return None;
        }

        var boundaries = new uint[tables.Count + 1];
        var entries = new List<uint>();
        for (var i = 0; i < tables.Count; i++)
        {
            entries.AddRange(tables[i]);
            boundaries[i + 1] = (uint)entries.Count;
        }

        return new JumpTables(boundaries, entries.ToArray());
    }
}

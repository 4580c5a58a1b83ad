using System.Text;
using Pvm2.Runtime.Isa;

namespace Pvm2.Runtime.Programs;

/// <summary>Writes programs as <c>.pvm2</c> containers, whose bytes <c>docs/container.md</c> describes.</summary>
public static class ProgramWriter
{
    /// <summary>Writes a program in its one encoding.</summary>
    /// <param name="program">
    /// The program. Entry points after the first, symbols and build notes are put in their order. It need not be
    /// valid, but must have a form that a container can say.
    /// </param>
    /// <returns>The bytes of the container.</returns>
    /// <exception cref="ArgumentException">
    /// No container can say it: an undefined profile, code of odd length, jump tables whose boundaries decrease or
    /// whose entries are odd, a region that is not whole pages, content in a stack or a heap, a name that is empty,
    /// used twice, no valid text or has control characters, or a symbol outside the code.
    /// </exception>
    public static byte[] Write(GuestProgram program)
    {
        ArgumentNullException.ThrowIfNull(program);
        if (FormRules.FindError(program) is { } error)
        {
            throw new ArgumentException($"The program has no container. {error}", nameof(program));
        }

        var output = new ContainerOutput(program.Code.Length + 256);
        WriteHeader(output, program.Profile);
        WriteCode(output, program.Code.Span);
        WriteJumpTables(output, program.JumpTables);
        WriteRegion(output, program.ReadOnlyData, hasContent: true);
        WriteRegion(output, program.ReadWriteData, hasContent: true);
        WriteRegion(output, program.Stack, hasContent: false);
        WriteRegion(output, program.Heap, hasContent: false);
        WriteEntryPoints(output, program.EntryPoints);
        WriteSymbols(output, program.Symbols);
        WriteBuildNotes(output, program.BuildNotes);
        return output.ToArray();
    }

    private static void WriteHeader(ContainerOutput output, Profile profile)
    {
        output.WriteBytes(ContainerFormat.Magic);
        output.WriteByte(ContainerFormat.Version);
        output.WriteByte((byte)profile);
    }

    private static void WriteCode(ContainerOutput output, ReadOnlySpan<byte> code)
    {
        output.WriteNumber((uint)code.Length >> 1);
        output.WriteBytes(code);
    }

    private static void WriteJumpTables(ContainerOutput output, JumpTables tables)
    {
        output.WriteNumber((uint)tables.Count);
        for (var table = 0; table < tables.Count; table++)
        {
            output.WriteNumber((uint)tables[table].Length);
        }

        var previous = 0;
        foreach (var entry in tables.Entries.Span)
        {
            var position = (int)(entry >> 1);
            var difference = position - previous;
            output.WriteNumber((uint)((difference << 1) ^ (difference >> 31)));
            previous = position;
        }
    }

    private static void WriteRegion(ContainerOutput output, MemoryRegion region, bool hasContent)
    {
        output.WriteNumber(region.Pages);
        if (region.Size == 0)
        {
            return;
        }

        output.WriteNumber(region.Address >> AddressSpace.PageShift);
        if (!hasContent)
        {
            return;
        }

        output.WriteNumber((uint)region.Chunks.Length);
        var reached = 0u;
        foreach (var chunk in region.Chunks)
        {
            output.WriteNumber(chunk.Offset - reached);
            output.WriteCounted(chunk.Bytes.Span);
            reached = (uint)chunk.End + SparseContent.MinimumGap;
        }
    }

    private static void WriteEntryPoints(ContainerOutput output, IReadOnlyList<EntryPoint> entryPoints)
    {
        var entries = entryPoints.Select(e => (Name: Encoding.UTF8.GetBytes(e.Name), e.Offset)).ToArray();
        if (entries.Length > 1)
        {
            entries.AsSpan(1).Sort(static (x, y) => Compare(x.Name, y.Name));
        }

        output.WriteNumber((uint)entries.Length);
        foreach (var (name, offset) in entries)
        {
            output.WriteCounted(name);
            output.WriteNumber(offset >> 1);
        }
    }

    private static void WriteSymbols(ContainerOutput output, IReadOnlyList<CodeSymbol> symbols)
    {
        var sorted = symbols.Select(s => (s.Offset, Name: Encoding.UTF8.GetBytes(s.Name))).ToArray();
        sorted.AsSpan().Sort(static (x, y) => x.Offset != y.Offset ? x.Offset.CompareTo(y.Offset) : Compare(x.Name, y.Name));
        output.WriteNumber((uint)sorted.Length);
        var previous = 0u;
        foreach (var (offset, name) in sorted)
        {
            output.WriteNumber((offset >> 1) - previous);
            output.WriteCounted(name);
            previous = offset >> 1;
        }
    }

    private static void WriteBuildNotes(ContainerOutput output, IReadOnlyList<BuildNote> notes)
    {
        var sorted = notes.Select(n => (Key: Encoding.UTF8.GetBytes(n.Key), Value: Encoding.UTF8.GetBytes(n.Value))).ToArray();
        sorted.AsSpan().Sort(static (x, y) => Compare(x.Key, y.Key));
        output.WriteNumber((uint)sorted.Length);
        foreach (var (key, value) in sorted)
        {
            output.WriteCounted(key);
            output.WriteCounted(value);
        }
    }

    /// <summary>Compares names byte by byte in UTF-8, which is the order of their code points.</summary>
    private static int Compare(byte[] x, byte[] y) => x.AsSpan().SequenceCompareTo(y);
}

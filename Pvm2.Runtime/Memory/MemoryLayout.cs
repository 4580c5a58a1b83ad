using System.Runtime.InteropServices;
using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Programs;

namespace Pvm2.Runtime.Memory;

/// <summary>
/// Which addresses a program may read and write, merged into the longest runs without a gap. The same for all
/// instances of a module.
/// </summary>
/// <remarks>
/// One run, the main one, is what tiers reach with a single comparison; a linked program has all of its data in it.
/// It is the run with the longest writable part, or without any the longest run. Everything else takes the slow way
/// through <see cref="MemoryRun.Resolve"/>.
/// </remarks>
public sealed class MemoryLayout
{
    /// <summary>The most readable runs there can be: four regions, and the code in xjar.</summary>
    public const int MaxReadableRuns = 5;

    /// <summary>The most writable runs there can be: read-write data, stack and heap.</summary>
    public const int MaxWritableRuns = 3;

    private readonly AddressRange[] _readable;
    private readonly AddressRange[] _writable;

    /// <summary>Finds the runs of a program.</summary>
    /// <param name="program">A program that has been validated.</param>
    public MemoryLayout(GuestProgram program)
    {
        ArgumentNullException.ThrowIfNull(program);
        List<AddressRange> writable = [];
        AddRegion(writable, program.ReadWriteData);
        AddRegion(writable, program.Stack);
        AddRegion(writable, program.Heap);
        var readable = new List<AddressRange>(writable);
        AddRegion(readable, program.ReadOnlyData);
        if (program.Profile == Profile.Xjar && !program.Code.IsEmpty)
        {
            var end = AddressSpace.CodeBase + (ulong)program.Code.Length + AddressSpace.PageSize - 1;
            readable.Add(new AddressRange(AddressSpace.CodeBase, end & ~(ulong)(AddressSpace.PageSize - 1)));
        }

        _readable = Merge(readable);
        _writable = Merge(writable);
        MainWritable = Longest(_writable);
        MainReadable = MainWritable.Length == 0 ? Longest(_readable) : ReadableRunOf(MainWritable.Start);
        foreach (var run in _readable)
        {
            TotalSize += run.Length;
        }
    }

    /// <summary>The runs that can be read, ascending. Writable addresses are readable too.</summary>
    public ReadOnlySpan<AddressRange> Readable => _readable;

    /// <summary>The runs that can be written, ascending.</summary>
    public ReadOnlySpan<AddressRange> Writable => _writable;

    /// <summary>The run that tiers read with one comparison; empty if the program has no memory.</summary>
    public AddressRange MainReadable { get; }

    /// <summary>The part of <see cref="MainReadable"/> that tiers write with one comparison; it may be empty.</summary>
    public AddressRange MainWritable { get; }

    /// <summary>Bytes of all runs together.</summary>
    public ulong TotalSize { get; }

    private static void AddRegion(List<AddressRange> ranges, MemoryRegion region)
    {
        if (region.Size != 0)
        {
            ranges.Add(new AddressRange(region.Address, region.End));
        }
    }

    private static AddressRange[] Merge(List<AddressRange> ranges)
    {
        ranges.Sort((left, right) => left.Start.CompareTo(right.Start));
        var merged = new List<AddressRange>();
        foreach (var range in ranges)
        {
            if (merged.Count != 0 && range.Start <= merged[^1].End)
            {
                ref var last = ref CollectionsMarshal.AsSpan(merged)[^1];
                last = last with { End = Math.Max(last.End, range.End) };
            }
            else
            {
                merged.Add(range);
            }
        }

        return [.. merged];
    }

    private static AddressRange Longest(ReadOnlySpan<AddressRange> ranges)
    {
        var longest = default(AddressRange);
        foreach (var range in ranges)
        {
            longest = range.Length > longest.Length ? range : longest;
        }

        return longest;
    }

    private AddressRange ReadableRunOf(uint address)
    {
        foreach (var run in _readable)
        {
            if (run.Contains(address))
            {
                return run;
            }
        }

        return default;
    }
}

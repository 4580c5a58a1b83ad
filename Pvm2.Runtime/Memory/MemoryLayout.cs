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

    private readonly MemoryRegion[] _readOnlyContent;
    private readonly AddressRange[] _readable;
    private readonly AddressRange[] _writable;

    /// <summary>Finds the runs of a program.</summary>
    /// <param name="program">A program that has been validated.</param>
    public MemoryLayout(GuestProgram program)
    {
        ArgumentNullException.ThrowIfNull(program);
        ReadWriteContent = program.ReadWriteData;
        _readOnlyContent = program.Profile == Profile.Xjar && !program.Code.IsEmpty
            ? [program.ReadOnlyData, CodeOf(program)]
            : [program.ReadOnlyData];
        MemoryRegion[] writable = [program.ReadWriteData, program.Stack, program.Heap];
        _readable = Merge([.. writable, .. _readOnlyContent]);
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

    /// <summary>What can be read and never written, code included where the guest sees it; regions may be empty.</summary>
    public ReadOnlySpan<MemoryRegion> ReadOnlyContent => _readOnlyContent;

    /// <summary>The writable region that is not all zero at first; it may be empty.</summary>
    public MemoryRegion ReadWriteContent { get; }

    /// <summary>Bytes of all runs together.</summary>
    public ulong TotalSize { get; }

    /// <summary>Whether an address lies in a run that can be written.</summary>
    internal bool IsWritable(uint address)
    {
        foreach (var run in _writable)
        {
            if (run.Contains(address))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a writable page holds what it holds at first.</summary>
    /// <param name="address">First address of the page.</param>
    /// <param name="page">All its bytes.</param>
    internal bool IsInitial(uint address, ReadOnlySpan<byte> page)
    {
        var content = ReadWriteContent;
        if (address < content.Address || address - content.Address >= content.ContentEnd)
        {
            return !page.ContainsAnyExcept((byte)0);
        }

        Span<byte> initial = stackalloc byte[(int)AddressSpace.PageSize];
        content.CopyTo(address - content.Address, initial);
        return page.SequenceEqual(initial);
    }

    /// <summary>The code as one chunk: no one compares this region with another, so zeros in it do no harm.</summary>
    private static MemoryRegion CodeOf(GuestProgram program)
    {
        var size = ((uint)program.Code.Length + AddressSpace.PageSize - 1) & ~(AddressSpace.PageSize - 1);
        return MemoryRegion.FromCanonical(AddressSpace.CodeBase, size, [new ContentChunk(0, program.Code)]);
    }

    /// <summary>Makes runs of regions that do not overlap; there are few, and they may be empty.</summary>
    private static AddressRange[] Merge(MemoryRegion[] regions)
    {
        Array.Sort(regions, static (left, right) => left.Address.CompareTo(right.Address));
        var runs = new AddressRange[regions.Length];
        var count = 0;
        foreach (var region in regions)
        {
            if (region.Size == 0)
            {
                continue;
            }

            if (count != 0 && region.Address <= runs[count - 1].End)
            {
                var last = runs[count - 1];
                runs[count - 1] = last with { End = Math.Max(last.End, region.End) };
            }
            else
            {
                runs[count++] = new AddressRange(region.Address, region.End);
            }
        }

        // By hand, since .NET compiles its own ways to copy for each type anew, and this runs in every start.
        var result = new AddressRange[count];
        for (var i = 0; i < count; i++)
        {
            result[i] = runs[i];
        }

        return result;
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

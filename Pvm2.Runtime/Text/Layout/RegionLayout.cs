using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Programs;
using Pvm2.Runtime.Text.Parsing;

namespace Pvm2.Runtime.Text.Layout;

/// <summary>
/// Places the four regions one after the other from the lowest address of the profile: read-only data, stack,
/// read-write data, heap; where <c>.region</c> says otherwise, there, and the next one behind it.
/// </summary>
internal sealed class RegionLayout(AssemblyUnit unit)
{
    private static readonly SourcePosition Start = new(1, 1);

    private (long Address, long Size) _readOnly;
    private (long Address, long Size) _stack;
    private (long Address, long Size) _data;
    private (long Address, long Size) _heap;
    private long _bssOffset;

    /// <summary>Fixes all addresses of data and tells them to the evaluator.</summary>
    /// <returns>Whether the regions fit the address space.</returns>
    internal bool TryPlace()
    {
        var data = unit.Data[SectionKind.Data];
        var bss = unit.Data[SectionKind.Bss];
        _bssOffset = bss.IsEmpty ? data.Size : (data.Size + bss.Alignment - 1) & -bss.Alignment;

        var next = (long)(unit.Profile == Profile.Static ? AddressSpace.StaticDataBase : AddressSpace.DataBase);
        _readOnly = Place("rodata", unit.Data[SectionKind.ReadOnlyData].Size, ref next);
        _stack = Place("stack", unit.Regions.StackSize, ref next);
        _data = Place("data", _bssOffset + bss.Size, ref next);
        _heap = Place("heap", unit.Regions.HeapSize, ref next);

        unit.Evaluator.DataAddresses = new Dictionary<SectionKind, long>
        {
            [SectionKind.ReadOnlyData] = _readOnly.Address,
            [SectionKind.Data] = _data.Address,
            [SectionKind.Bss] = _data.Address + _bssOffset,
        };
        unit.Predefined["__stack_top"] = _stack.Address + _stack.Size;
        unit.Predefined["__heap_start"] = _heap.Address;
        unit.Predefined["__heap_end"] = _heap.Address + _heap.Size;
        return new[] { _readOnly, _stack, _data, _heap }.All(region => region.Address + region.Size <= (long)AddressSpace.Size);
    }

    internal MemoryRegion BuildReadOnlyData() => Build(_readOnly, unit.Data[SectionKind.ReadOnlyData]);

    internal MemoryRegion BuildReadWriteData() => Build(_data, unit.Data[SectionKind.Data]);

    internal MemoryRegion BuildStack() => Build(_stack, []);

    internal MemoryRegion BuildHeap() => Build(_heap, []);

    private (long Address, long Size) Place(string name, long size, ref long next)
    {
        var requested = unit.Regions.Placements.TryGetValue(name, out var placement);
        var address = requested ? placement!.Address : next;
        var pages = (Math.Max(size, requested ? placement!.Size : 0) + AddressSpace.PageSize - 1) & -(long)AddressSpace.PageSize;
        if (address + pages > (long)AddressSpace.Size)
        {
            unit.Diagnostics.Add(
                requested ? placement!.Position : Start,
                $"The region {name} would end at 0x{address + pages:x}, beyond the address space of 4 GiB.");
        }

        // The default place of the next region is behind this one, but not if this one is empty.
        next = pages == 0 ? next : address + pages;
        return (address, pages);
    }

    private static MemoryRegion Build((long Address, long Size) region, DataSection section) => Build(region, section.ToChunks());

    private static MemoryRegion Build((long Address, long Size) region, ContentChunk[] content) => region.Size == 0
        ? MemoryRegion.None
        : new MemoryRegion((uint)region.Address, (uint)region.Size, content);
}

using Pvm2.Linker.Diagnostics;
using Pvm2.Linker.Input;
using Pvm2.Linker.Lowering;
using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Programs;

namespace Pvm2.Linker.Layout;

/// <summary>
/// Pass: gives every data section its address. From low to high, without holes, lie read-only data, the stack,
/// writable data and the heap, so that a tier needs one check of bounds; and the stack, which grows down, overflows
/// into pages that cannot be written.
/// </summary>
internal sealed class DataLayout
{
    private readonly ulong[] _starts;

    private DataLayout(int sections) => _starts = new ulong[sections];

    /// <summary>Pages of read-only data.</summary>
    public PageRange ReadOnly { get; private set; }

    /// <summary>Pages of the stack.</summary>
    public PageRange Stack { get; private set; }

    /// <summary>Pages of writable data.</summary>
    public PageRange ReadWrite { get; private set; }

    /// <summary>Pages of the heap.</summary>
    public PageRange Heap { get; private set; }

    /// <summary>Lays the sections out.</summary>
    public static DataLayout Create(InputSections sections, LinkOptions options, ErrorList errors)
    {
        var layout = new DataLayout(sections.Data.Length);
        var start = options.Profile == Profile.Static ? AddressSpace.StaticDataBase : AddressSpace.DataBase;
        layout.ReadOnly = layout.Place(sections, false, start, errors);
        layout.Stack = new PageRange(layout.ReadOnly.End, PageRange.RoundUp(options.StackSize));
        layout.ReadWrite = layout.Place(sections, true, layout.Stack.End, errors);
        layout.Heap = new PageRange(layout.ReadWrite.End, PageRange.RoundUp(options.HeapSize));
        if (layout.Heap.End > (ulong)AddressParts.Highest)
        {
            errors.Add($"data, stack and heap take {layout.Heap.End - start} bytes, and so would end beyond 2 GiB", "Make large objects, the stack or the heap smaller.");
        }

        return layout;
    }

    /// <summary>Where a data section lies.</summary>
    public ulong StartOf(int section) => _starts[section];

    /// <summary>The number that a program sees as the address of what is not code.</summary>
    public long AddressOf(Location location) => location.Kind switch
    {
        LocationKind.Data => (long)_starts[location.Index] + location.Offset,
        LocationKind.Boundary => (long)AddressOf((RegionBoundary)location.Index) + location.Offset,
        _ => location.Offset,
    };

    private ulong AddressOf(RegionBoundary boundary) => boundary switch
    {
        RegionBoundary.HeapStart => Heap.Start,
        RegionBoundary.HeapEnd => Heap.End,
        RegionBoundary.StackBottom => Stack.Start,
        _ => Stack.End,
    };

    private PageRange Place(InputSections sections, bool writable, ulong start, ErrorList errors)
    {
        var end = start;
        for (var i = 0; i < sections.Data.Length; i++)
        {
            var section = sections.Data[i].Elf;
            if (sections.Data[i].IsWritable != writable)
            {
                continue;
            }

            var aligned = (end + section.Alignment - 1) & ~(section.Alignment - 1);
            if (section.Size > AddressSpace.Size || aligned + section.Size > AddressSpace.Size)
            {
                errors.Add(section.Name, 0, $"the section of {section.Size} bytes does not fit into the address space", "Make large objects smaller.");
                return new PageRange(start, 0);
            }

            _starts[i] = aligned;
            end = aligned + section.Size;
        }

        return new PageRange(start, PageRange.RoundUp(end - start));
    }
}

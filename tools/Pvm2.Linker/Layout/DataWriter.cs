using System.Buffers.Binary;
using Pvm2.Linker.Diagnostics;
using Pvm2.Linker.Elf;
using Pvm2.Linker.Input;

namespace Pvm2.Linker.Layout;

/// <summary>Pass: copies the content of data sections to its place and writes the pointers in it.</summary>
internal sealed class DataWriter
{
    private readonly InputSections sections;
    private readonly DataLayout layout;
    private readonly Func<int, uint> codeAddress;
    private readonly ErrorReporter report;

    private DataWriter(InputSections sections, DataLayout layout, Func<int, uint> codeAddress, ErrorReporter report)
    {
        this.sections = sections;
        this.layout = layout;
        this.codeAddress = codeAddress;
        this.report = report;
    }

    /// <summary>Makes the content of the two regions that have any.</summary>
    /// <param name="sections">The sections.</param>
    /// <param name="layout">Where they go.</param>
    /// <param name="references">The pointers in them.</param>
    /// <param name="codeAddress">The number that a program sees as the address of an instruction of the ELF.</param>
    /// <param name="report">Takes pointers that do not fit.</param>
    public static (byte[] ReadOnly, byte[] ReadWrite) Write(
        InputSections sections, DataLayout layout, List<DataReference> references, Func<int, uint> codeAddress, ErrorReporter report)
    {
        var writer = new DataWriter(sections, layout, codeAddress, report);
        var readOnly = writer.Copy(layout.ReadOnly, false);
        var readWrite = writer.Copy(layout.ReadWrite, true);
        foreach (var reference in references)
        {
            var isWritable = sections.Data[reference.Section].IsWritable;
            writer.Patch(reference, isWritable ? readWrite : readOnly, isWritable ? layout.ReadWrite : layout.ReadOnly);
        }

        return (readOnly, readWrite);
    }

    private byte[] Copy(PageRange range, bool writable)
    {
        var content = new byte[range.ContentSize];
        for (var i = 0; i < sections.Data.Length; i++)
        {
            if (sections.Data[i].IsWritable == writable)
            {
                sections.Data[i].Elf.Content.Span.CopyTo(content.AsSpan(PlaceOf(i, range)));
            }
        }

        return content;
    }

    private int PlaceOf(int section, PageRange range) =>
        sections.Data[section].Elf.Content.IsEmpty ? 0 : (int)(layout.StartOf(section) - range.Start);

    private void Patch(in DataReference reference, byte[] content, PageRange range)
    {
        var value = reference.Target.Kind == LocationKind.Code
            ? codeAddress(reference.Target.Index)
            : layout.AddressOf(reference.Target);
        var place = content.AsSpan(PlaceOf(reference.Section, range) + (int)reference.Offset, reference.Width);
        if (reference.Width == 8)
        {
            BinaryPrimitives.WriteInt64LittleEndian(place, value);
        }
        else if (value is >= int.MinValue and <= uint.MaxValue)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(place, (uint)value);
        }
        else
        {
            var relocation = new ElfRelocation(reference.Offset, RelocationType.Absolute32, 0, 0);
            report.AddAt(sections.Data[reference.Section].Elf, relocation, $"0x{value:x} does not fit into a pointer of 4 bytes", "Use pointers of 8 bytes.");
        }
    }
}

using System.Buffers.Binary;
using Pvm2.Linker.Diagnostics;
using Pvm2.Linker.Elf;
using Pvm2.Linker.Input;

namespace Pvm2.Linker.Layout;

/// <summary>Pass: copies the content of data sections to its place and writes the pointers in it.</summary>
internal sealed class DataWriter
{
    private readonly InputSections _sections;
    private readonly DataLayout _layout;
    private readonly Func<int, uint> _codeAddress;
    private readonly ErrorReporter _report;

    private DataWriter(InputSections sections, DataLayout layout, Func<int, uint> codeAddress, ErrorReporter report)
    {
        _sections = sections;
        _layout = layout;
        _codeAddress = codeAddress;
        _report = report;
    }

    /// <summary>Makes the content of all data sections.</summary>
    /// <param name="sections">The sections.</param>
    /// <param name="layout">Where they go.</param>
    /// <param name="references">The pointers in them.</param>
    /// <param name="codeAddress">The number that a program sees as the address of an instruction of the ELF.</param>
    /// <param name="report">Takes pointers that do not fit.</param>
    /// <returns>For each section its bytes; none where it is all zero.</returns>
    public static byte[][] Write(
        InputSections sections, DataLayout layout, List<DataReference> references, Func<int, uint> codeAddress, ErrorReporter report)
    {
        var writer = new DataWriter(sections, layout, codeAddress, report);
        var content = Array.ConvertAll(sections.Data, s => s.Elf.Content.ToArray());
        foreach (var reference in references)
        {
            writer.Patch(reference, content[reference.Section].AsSpan((int)reference.Offset, reference.Width));
        }

        return content;
    }

    private void Patch(in DataReference reference, Span<byte> place)
    {
        var value = reference.Target.Kind == LocationKind.Code
            ? _codeAddress(reference.Target.Index)
            : _layout.AddressOf(reference.Target);
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
            _report.AddAt(_sections.Data[reference.Section].Elf, relocation, $"0x{value:x} does not fit into a pointer of 4 bytes", "Use pointers of 8 bytes.");
        }
    }
}

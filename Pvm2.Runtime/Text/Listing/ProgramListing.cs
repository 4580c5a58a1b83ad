using System.Globalization;
using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Programs;

namespace Pvm2.Runtime.Text.Listing;

/// <summary>Writes a program as a source, section by section.</summary>
internal sealed class ProgramListing(TextWriter writer, GuestProgram program, DisassemblyOptions options)
{
    private readonly CodeLabels _labels = new(program);

    internal void Write()
    {
        writer.WriteLine($"    .profile {(program.Profile == Profile.Static ? "static" : "xjar")}");
        if (options.ShowCompressed)
        {
            // Every instruction says its length itself.
            writer.WriteLine("    .option norvc");
        }

        foreach (var note in program.BuildNotes)
        {
            writer.WriteLine($"    .note {SourceNames.Quote(note.Key)}, {SourceNames.Quote(note.Value)}");
        }

        WriteRegion("rodata", program.ReadOnlyData);
        WriteRegion("stack", program.Stack);
        WriteRegion("data", program.ReadWriteData);
        WriteRegion("heap", program.Heap);
        foreach (var entry in program.EntryPoints)
        {
            WriteNamedPlace(".entry", entry.Name, entry.Offset);
        }

        TableListing.Write(writer, program.JumpTables, _labels);
        DataListing.Write(writer, ".rodata", program.ReadOnlyData);
        DataListing.Write(writer, ".data", program.ReadWriteData);
        writer.WriteLine();
        writer.WriteLine("    .text");
        new CodeListing(writer, program, _labels, options).Write();
        foreach (var symbol in _labels.Others)
        {
            WriteNamedPlace(".symbol", symbol.Name, symbol.Offset);
        }
    }

    private void WriteRegion(string name, MemoryRegion region)
    {
        if (region.Size != 0)
        {
            writer.WriteLine($"    .region {name}, 0x{region.Address:x}, 0x{region.Size:x}");
        }
    }

    private void WriteNamedPlace(string directive, string name, uint offset)
    {
        var place = _labels.TryFind(offset, out var label) ? label : offset.ToString(CultureInfo.InvariantCulture);
        writer.WriteLine($"    {directive} {SourceNames.Write(name)}, {place}");
    }
}

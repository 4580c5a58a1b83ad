using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Pvm2.Runtime.Programs;

namespace Pvm2.Runtime.Text.Listing;

/// <summary>Writes what a region holds as data directives.</summary>
internal static class DataListing
{
    private const int BytesPerLine = 16;

    /// <summary>Writes a section that fills a region from its start.</summary>
    internal static void Write(TextWriter writer, string section, MemoryRegion region)
    {
        if (region.Chunks.IsEmpty)
        {
            return;
        }

        writer.WriteLine();
        writer.WriteLine($"    {section}");
        var reached = 0u;
        foreach (var chunk in region.Chunks)
        {
            if (chunk.Offset > reached)
            {
                writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"    .zero {chunk.Offset - reached}"));
            }

            WriteChunk(writer, region.Address + chunk.Offset, chunk.Bytes.Span);
            reached = (uint)chunk.End;
        }
    }

    private static void WriteChunk(TextWriter writer, uint address, ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            // Lines end at multiples of their length, as in a dump.
            var length = Math.Min(bytes.Length, BytesPerLine - (int)(address % BytesPerLine));
            var line = bytes[..length];
            writer.WriteLine($"{(length == BytesPerLine ? Words(line) : Bytes(line)),-60} # {address:x8}  {Printable(line)}");
            bytes = bytes[length..];
            address += (uint)length;
        }
    }

    private static string Words(ReadOnlySpan<byte> line)
    {
        var text = new StringBuilder("    .word ");
        for (var i = 0; i < line.Length; i += 4)
        {
            text.Append(i == 0 ? "0x" : ", 0x");
            text.Append(CultureInfo.InvariantCulture, $"{BinaryPrimitives.ReadUInt32LittleEndian(line[i..]):x8}");
        }

        return text.ToString();
    }

    private static string Bytes(ReadOnlySpan<byte> line)
    {
        var text = new StringBuilder("    .byte ");
        for (var i = 0; i < line.Length; i++)
        {
            text.Append(i == 0 ? "0x" : ", 0x");
            text.Append(CultureInfo.InvariantCulture, $"{line[i]:x2}");
        }

        return text.ToString();
    }

    private static string Printable(ReadOnlySpan<byte> line)
    {
        var text = new StringBuilder();
        foreach (var value in line)
        {
            text.Append(value is > 0x1F and < 0x7F ? (char)value : '.');
        }

        return text.ToString();
    }
}

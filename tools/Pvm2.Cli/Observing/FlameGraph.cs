using System.Globalization;
using System.Text;
using System.Xml;
using Pvm2.Cli.Output;
using Pvm2.Runtime.Diagnostics;

namespace Pvm2.Cli.Observing;

/// <summary>
/// Draws a profile as a flame graph, an SVG file that needs nothing else: callers below, what they called above, as
/// wide as its gas. Pointing at a box shows its name and figures. There is no script in it.
/// </summary>
internal static class FlameGraph
{
    private const string Namespace = "http://www.w3.org/2000/svg";
    private const double Width = 1200;
    private const double Margin = 10;
    private const double RowHeight = 17;
    private const double HeaderHeight = 40;

    /// <summary>Narrower boxes are left out: nobody would see them.</summary>
    private const double MinWidth = 0.1;

    private const double CharacterWidth = 7;

    /// <summary>Writes the file.</summary>
    public static void Write(GasProfile profile, Stream stream)
    {
        var layout = StackLayout.Of(profile);
        var boxes = FindBoxes(profile, layout, out var rows);
        var height = HeaderHeight + (rows * RowHeight) + Margin;
        var settings = new XmlWriterSettings { Indent = true, Encoding = new UTF8Encoding(false), NewLineChars = "\n" };
        using var writer = XmlWriter.Create(stream, settings);
        writer.WriteStartElement("svg", Namespace);
        writer.WriteAttributeString("width", Number(Width));
        writer.WriteAttributeString("height", Number(height));
        writer.WriteAttributeString("viewBox", $"0 0 {Number(Width)} {Number(height)}");
        writer.WriteAttributeString("font-family", "monospace");
        writer.WriteAttributeString("font-size", "12");
        WriteBox(writer, 0, 0, Width, height, "#ffffff");
        WriteText(writer, Margin, 24, $"{Figures.Count(layout.Gas)} gas{Warning(profile)}");
        foreach (var box in boxes)
        {
            WriteStack(writer, box, height - Margin - ((box.Row + 1) * RowHeight), layout.Gas);
        }

        writer.WriteEndElement();
    }

    private static string Warning(GasProfile profile) => profile.AreStacksCut || profile.IsDepthCut
        ? " (more or deeper stacks than are told apart)"
        : string.Empty;

    private static List<FlameBox> FindBoxes(GasProfile profile, StackLayout layout, out int rows)
    {
        var boxes = new List<FlameBox>();
        var scale = (Width - (2 * Margin)) / Math.Max(1, layout.Gas);
        var row = 0;
        rows = 1;
        foreach (var (isOpening, stack, gas) in layout.Walk())
        {
            row -= isOpening ? 0 : 1;
            var width = layout.SumOf(stack) * scale;
            if (isOpening && width >= MinWidth)
            {
                boxes.Add(new FlameBox(
                    ProfileName.Of(profile.Stacks[stack].Name), row, Margin + (gas * scale), width, layout.SumOf(stack)));
                rows = Math.Max(rows, row + 1);
            }

            row += isOpening ? 1 : 0;
        }

        return boxes;
    }

    private static void WriteStack(XmlWriter writer, in FlameBox box, double top, ulong gas)
    {
        writer.WriteStartElement("g", Namespace);
        writer.WriteElementString(
            "title", Namespace, $"{box.Name}: {Figures.Count(box.Gas)} gas, {Figures.Share(box.Gas, gas)}");
        WriteBox(writer, box.Left, top, box.Width, RowHeight - 1, ColourOf(box.Name));
        var room = (int)((box.Width - 6) / CharacterWidth);
        if (room >= 3)
        {
            WriteText(writer, box.Left + 3, top + 12, Shorten(box.Name, room));
        }

        writer.WriteEndElement();
    }

    private static void WriteBox(XmlWriter writer, double left, double top, double width, double height, string colour)
    {
        writer.WriteStartElement("rect", Namespace);
        writer.WriteAttributeString("x", Number(left));
        writer.WriteAttributeString("y", Number(top));
        writer.WriteAttributeString("width", Number(width));
        writer.WriteAttributeString("height", Number(height));
        writer.WriteAttributeString("fill", colour);
        writer.WriteEndElement();
    }

    private static void WriteText(XmlWriter writer, double left, double bottom, string text)
    {
        writer.WriteStartElement("text", Namespace);
        writer.WriteAttributeString("x", Number(left));
        writer.WriteAttributeString("y", Number(bottom));
        writer.WriteString(text);
        writer.WriteEndElement();
    }

    private static string Shorten(string name, int room)
    {
        if (name.Length <= room)
        {
            return name;
        }

        var end = char.IsHighSurrogate(name[room - 2]) ? room - 2 : room - 1;
        return name[..end] + "…";
    }

    /// <summary>A warm colour that is the same for a name in every graph.</summary>
    private static string ColourOf(string name)
    {
        var hash = 17u;
        foreach (var character in name)
        {
            hash = unchecked((hash * 31) + character);
        }

        return string.Create(CultureInfo.InvariantCulture, $"rgb({205 + (hash % 50)},{110 + (hash / 50 % 110)},{60 + (hash / 5500 % 40)})");
    }

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}

using System.Globalization;
using System.Security;
using Pvm2.Cli.Output;
using Pvm2.Runtime.Diagnostics;

namespace Pvm2.Cli.Observing;

/// <summary>
/// Draws a profile as a flame graph, an SVG file that needs nothing else: callers above, so that a browser shows them
/// first, and what they called below, as wide as its gas. Pointing at a box shows its name and figures. There is no
/// script in it, and names, which are printable text of the program's choice, stand in it as text alone.
/// </summary>
internal static class FlameGraph
{
    private const double Width = 1200;
    private const double Margin = 10;
    private const double RowHeight = 17;
    private const double HeaderHeight = 40;

    /// <summary>Narrower boxes are left out: nobody would see them.</summary>
    private const double MinWidth = 0.1;

    private const double CharacterWidth = 7.3;
    private const double TextMargin = 3;
    private const double Baseline = 12;

    /// <summary>Characters; shorter texts would say nothing.</summary>
    private const int ShortestText = 3;

    /// <summary>Writes the file.</summary>
    public static void Write(GasProfile profile, Stream stream)
    {
        var layout = StackLayout.Of(profile);
        var boxes = FindBoxes(profile, layout, out var rows);
        var height = HeaderHeight + (rows * RowHeight) + Margin;
        using var writer = new StreamWriter(stream, leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine(Text(
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{Width}\" height=\"{height}\" viewBox=\"0 0 {Width} {height}\" font-family=\"monospace\" font-size=\"12\">"));
        writer.WriteLine(Text($"<rect width=\"{Width}\" height=\"{height}\" fill=\"#ffffff\"/>"));
        writer.WriteLine(Text($"<text x=\"{Margin}\" y=\"24\">{Figures.Count(layout.Gas)} gas{Warning(profile)}</text>"));
        foreach (var box in boxes)
        {
            WriteStack(writer, box, HeaderHeight + (box.Row * RowHeight), layout.Gas);
        }

        writer.WriteLine("</svg>");
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

    private static void WriteStack(TextWriter writer, in FlameBox box, double top, ulong gas)
    {
        var title = $"{box.Name}: {Figures.Count(box.Gas)} gas, {Figures.Share(box.Gas, gas)}";
        writer.Write($"<g><title>{SecurityElement.Escape(title)}</title>");
        writer.Write(Text(
            $"<rect x=\"{box.Left:0.##}\" y=\"{top}\" width=\"{box.Width:0.##}\" height=\"{RowHeight - 1}\" fill=\"{ColourOf(box.Name)}\"/>"));
        var room = (int)((box.Width - (2 * TextMargin)) / CharacterWidth);
        if (room >= ShortestText)
        {
            var name = SecurityElement.Escape(Shorten(box.Name, room));
            writer.Write(Text($"<text x=\"{box.Left + TextMargin:0.##}\" y=\"{top + Baseline}\">{name}</text>"));
        }

        writer.WriteLine("</g>");
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

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

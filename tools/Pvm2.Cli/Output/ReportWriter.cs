namespace Pvm2.Cli.Output;

/// <summary>Writes a report of labelled lines with the values in one column.</summary>
/// <param name="writer">Where to.</param>
/// <param name="palette">Its colours.</param>
internal sealed class ReportWriter(TextWriter writer, Palette palette)
{
    private const int LabelWidth = 10;

    /// <summary>The colours of the report.</summary>
    public Palette Palette => palette;

    /// <summary>Writes a line; an empty label continues the one before.</summary>
    public void Line(string label, string value) =>
        writer.WriteLine($"{palette.Faint(label.PadRight(LabelWidth))}{value}");
}

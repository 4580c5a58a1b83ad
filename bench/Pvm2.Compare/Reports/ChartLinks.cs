namespace Pvm2.Compare.Reports;

/// <summary>How a text refers to charts.</summary>
/// <param name="folder">Where they are, seen from the text.</param>
/// <param name="names">The charts that there are.</param>
internal sealed class ChartLinks(string folder, IReadOnlyCollection<string> names)
{
    /// <summary>Embeds a chart, if there is one of this name.</summary>
    public void Embed(TextWriter output, string name)
    {
        if (names.Contains(name))
        {
            output.WriteLine($"![{name}]({folder}/{name}.png)");
            output.WriteLine();
        }
    }
}

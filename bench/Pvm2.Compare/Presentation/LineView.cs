using System.Globalization;
using Pvm2.Compare.Measuring;
using Pvm2.Compare.Results;

namespace Pvm2.Compare.Presentation;

/// <summary>Progress as lines of text, for output that is no terminal.</summary>
/// <param name="output">Where lines go.</param>
internal sealed class LineView(TextWriter output) : IProgressView
{
    /// <inheritdoc/>
    public void Begin(string stage, int steps) =>
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{DateTime.UtcNow:HH:mm:ss} {stage} ..."));

    /// <inheritdoc/>
    public void Step()
    {
        // Steps come too often for lines.
    }

    /// <inheritdoc/>
    public void Remark(string text) => output.WriteLine("  " + text);

    /// <inheritdoc/>
    public void Sampled(Kind kind, EngineFacts engine, string workload, double nanoseconds)
    {
        // The report has them all.
    }
}

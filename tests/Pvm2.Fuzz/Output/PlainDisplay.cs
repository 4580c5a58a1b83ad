using Pvm2.Fuzz.Running;

namespace Pvm2.Fuzz.Output;

/// <summary>A line every so often, for logs.</summary>
/// <param name="output">Where to.</param>
/// <param name="options">What the run is to do.</param>
internal sealed class PlainDisplay(TextWriter output, FuzzOptions options) : IProgressDisplay
{
    private const double Period = 30;

    private double _next = Period;

    /// <inheritdoc/>
    public void Show(FuzzTotals totals)
    {
        if (totals.Seconds >= _next)
        {
            _next = totals.Seconds + Period;
            output.WriteLine(ProgressText.Line(totals, options));
            output.Flush();
        }
    }

    /// <inheritdoc/>
    public void Report(string text)
    {
        output.WriteLine(text);
        output.Flush();
    }
}

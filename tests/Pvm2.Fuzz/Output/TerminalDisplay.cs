using Pvm2.Fuzz.Running;
using Spectre.Console;

namespace Pvm2.Fuzz.Output;

/// <summary>A table on a terminal that is drawn anew each second.</summary>
/// <param name="context">The place where it is drawn.</param>
/// <param name="console">The terminal.</param>
/// <param name="options">What the run is to do.</param>
internal sealed class TerminalDisplay(LiveDisplayContext context, IAnsiConsole console, FuzzOptions options) : IProgressDisplay
{
    private const double Period = 1;

    private double _next;

    /// <inheritdoc/>
    public void Show(FuzzTotals totals)
    {
        if (totals.Seconds >= _next)
        {
            _next = totals.Seconds + Period;
            context.UpdateTarget(new Rows(TierTable.Make(totals), new Text(ProgressText.Line(totals, options))));
        }
    }

    /// <inheritdoc/>
    public void Report(string text) => console.WriteLine(text);
}

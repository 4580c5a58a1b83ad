using Pvm2.Fuzz.Running;

namespace Pvm2.Fuzz.Output;

/// <summary>Shows how a run goes. Called by one thread at a time.</summary>
internal interface IProgressDisplay
{
    /// <summary>Called after each case.</summary>
    void Show(FuzzTotals totals);

    /// <summary>Shows a finding at once.</summary>
    void Report(string text);
}

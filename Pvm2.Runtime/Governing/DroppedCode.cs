using Pvm2.Runtime.Execution;

namespace Pvm2.Runtime.Governing;

/// <summary>
/// Stands for a module that has no code: because it never had, or because that was let go of. In the second case the code
/// may still be there, as long as a run holds it, and can be taken up again.
/// </summary>
/// <param name="owner">The module's code.</param>
/// <param name="stage">The stage that it was in; 0 where there was none.</param>
/// <param name="code">What its entry led to.</param>
internal sealed class DroppedCode(GovernedCode owner, int stage, WeakReference<TierCode>? code) : StagedCode(owner, stage)
{
    /// <summary>What the module's entry led to before, if it is still there.</summary>
    internal TierCode? FindCode() => code is not null && code.TryGetTarget(out var target) ? target : null;
}

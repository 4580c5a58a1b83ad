using Pvm2.Runtime.Execution;

namespace Pvm2.Runtime.Governing;

/// <summary>
/// What the entry of a governed module leads to while it is not, or not only, the code of the best stage: back to its
/// owner, which sees to the rest.
/// </summary>
/// <param name="owner">The module's code.</param>
/// <param name="stage">Number of the stage that this is about.</param>
internal abstract unsafe class StagedCode(GovernedCode owner, int stage) : TierCode
{
    /// <summary>Number of the stage.</summary>
    internal int Stage => stage;

    /// <summary>The module's code.</summary>
    protected GovernedCode Owner => owner;

    /// <inheritdoc/>
    public override void Run(ExecutionState* state) => owner.RunInStages(state);
}

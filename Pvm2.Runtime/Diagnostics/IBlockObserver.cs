namespace Pvm2.Runtime.Diagnostics;

/// <summary>Is told of each basic block that a run enters; see <see cref="ObservedTier"/>.</summary>
public interface IBlockObserver
{
    /// <summary>
    /// The gas suffices for a block, which is paid for and executed next. Called by the thread that runs the instance.
    /// What this throws leaves <see cref="Execution.Instance.Run(Execution.RunLimits)"/> at the start of the block,
    /// before it is paid for.
    /// </summary>
    /// <param name="entry">Which block, and the registers.</param>
    void BlockEntered(in BlockEntry entry);
}

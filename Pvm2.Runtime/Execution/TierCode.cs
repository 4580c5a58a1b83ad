using Pvm2.Runtime.Diagnostics;

namespace Pvm2.Runtime.Execution;

/// <summary>A module that a tier has made ready under one gas model; immutable and safe for use by many threads.</summary>
public abstract unsafe class TierCode
{
    /// <summary>Executes until an exit.</summary>
    /// <param name="state">
    /// The run, and the memory that it describes. The caller keeps both in place and to this thread until this
    /// returns. On entry the program counter is a block start or the end of the code; on return
    /// <see cref="ExecutionState.Reason"/> and what belongs to it are set: <see cref="ExitReason.HostCall"/> for any
    /// host call, <see cref="ExitReason.OutOfGas"/> where <see cref="ExecutionState.Gas"/> is too little for a block.
    /// </param>
    public abstract void Run(ExecutionState* state);

    /// <summary>
    /// The tier that a run would go on in, where this is code that several tiers take part in; null where it is that of
    /// one tier alone.
    /// </summary>
    /// <param name="state">The run.</param>
    internal virtual ITier? FindTier(ExecutionState* state) => null;

    /// <summary>Tells what is compiled now. It may take as long as a walk over the module's blocks.</summary>
    /// <returns>By default nothing, of unknown form.</returns>
    public virtual CodeStatistics GetStatistics() => default;
}

namespace Pvm2.Runtime.Execution;

/// <summary>
/// What pauses a run besides its guest. A run that is paused so ends with <see cref="ExitReason.Cancelled"/>, stands at
/// the start of a block, and may go on. A single block is never interrupted, however long it is.
/// </summary>
public readonly record struct RunLimits
{
    /// <summary>
    /// Gas: the run pauses at the first block that would take what it uses beyond this, the host's part
    /// (<see cref="Instance.TryTakeGas"/>) included. Null for no limit but the instance's gas. Only where gas is metered.
    /// </summary>
    public ulong? Gas { get; init; }

    /// <summary>
    /// Time: the run pauses when so much has passed, and before its first block if that is none; null for no limit. Metered
    /// runs look at the clock themselves. Where nothing is metered it is a timer of .NET's that stops the run, which may
    /// come late where the thread pool is exhausted.
    /// </summary>
    public TimeSpan? Time { get; init; }

    /// <summary>Pauses the run when it is cancelled, from any thread, within about a millisecond.</summary>
    public CancellationToken Cancellation { get; init; }
}

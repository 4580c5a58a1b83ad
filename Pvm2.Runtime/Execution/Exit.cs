namespace Pvm2.Runtime.Execution;

/// <summary>How a run ended or paused.</summary>
/// <param name="Reason">Why.</param>
/// <param name="ProgramCounter">
/// Where, as the guest counts (in xjar the code's address included): the next instruction after a host call or halt,
/// the start of the block not entered when out of gas or cancelled, else the instruction that failed.
/// </param>
/// <param name="FaultAddress">After a page fault the address of the first byte that is not allowed; else 0.</param>
/// <param name="Kind">After a host call or halt the instruction that made it; else <see cref="HostCallKind.None"/>.</param>
/// <param name="Selector">The number that <c>ecalli</c> called with, −2048 to 2047; else 0.</param>
public readonly record struct Exit(
    ExitReason Reason,
    uint ProgramCounter,
    uint FaultAddress = 0,
    HostCallKind Kind = HostCallKind.None,
    int Selector = 0)
{
    /// <summary>Whether the run may go on.</summary>
    public bool IsResumable => Reason is ExitReason.HostCall or ExitReason.OutOfGas or ExitReason.Cancelled;
}

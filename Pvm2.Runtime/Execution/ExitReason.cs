namespace Pvm2.Runtime.Execution;

/// <summary>Why a run ended or paused; the set of the PVM2 specification, and cancellation by the host.</summary>
public enum ExitReason : byte
{
    /// <summary>The host ended the run, by convention because the guest made host call 0. Terminal.</summary>
    Halt,

    /// <summary>The guest called the host, and no registered handler took the call. Resumable.</summary>
    HostCall,

    /// <summary>The next block costs more than the gas left; nothing of it was charged or run. Resumable.</summary>
    OutOfGas,

    /// <summary>An access to an undeclared page or a store to a read-only one. Terminal.</summary>
    PageFault,

    /// <summary>A trap, an illegal instruction, a bad jump target, or the end of the code. Terminal.</summary>
    Panic,

    /// <summary>The host asked the run to stop; it stands at the start of a block. Resumable.</summary>
    Cancelled,
}

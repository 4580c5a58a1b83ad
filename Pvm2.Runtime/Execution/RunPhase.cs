namespace Pvm2.Runtime.Execution;

/// <summary>Where an instance is between being made and the end of a run.</summary>
public enum RunPhase : byte
{
    /// <summary>Nothing was started since it was made or reset.</summary>
    Idle,

    /// <summary>A run was started and may go on: it is before its first block, or paused.</summary>
    Ready,

    /// <summary>A run has ended; another may be started.</summary>
    Ended,
}

namespace Pvm2.Runtime.Execution;

/// <summary>What a host call handler wants next.</summary>
public enum HostCallAction : byte
{
    /// <summary>The guest goes on with the next instruction.</summary>
    Continue,

    /// <summary>The run ends with <see cref="ExitReason.Halt"/>.</summary>
    Halt,

    /// <summary>The run pauses with <see cref="ExitReason.HostCall"/>; running again goes on with the next instruction.</summary>
    Pause,
}

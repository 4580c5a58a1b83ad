namespace Pvm2.TestKit.Scenarios;

/// <summary>What a step of a scenario does.</summary>
public enum StepKind
{
    /// <summary>Starts at an entry point.</summary>
    Start,

    /// <summary>Sets registers and memory, as a host does while the guest is paused.</summary>
    Set,

    /// <summary>Adds gas.</summary>
    AddGas,

    /// <summary>Takes gas on the host's behalf, if there is so much.</summary>
    TakeGas,

    /// <summary>Runs until an exit and compares what the step says.</summary>
    Run,

    /// <summary>Expects that the program is refused, with a message that holds the given words.</summary>
    Rejected,
}

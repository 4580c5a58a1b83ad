namespace Pvm2.Compare.Results;

/// <summary>What is inside the clock. Figures of different kinds are never in one column.</summary>
public enum Kind
{
    /// <summary>From the program's bytes in memory to code that can be entered: parsing, validation, compilation.</summary>
    Compile,

    /// <summary>Compile, instantiate and run once, from the program's bytes in memory, in a process that is warm.</summary>
    Cold,

    /// <summary>Another run in an instance that has run before.</summary>
    Steady,

    /// <summary>From the start of a process to its end, with the result printed.</summary>
    Process,
}

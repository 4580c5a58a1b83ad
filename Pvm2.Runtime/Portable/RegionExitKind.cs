namespace Pvm2.Runtime.Portable;

/// <summary>Why generated code returned to its caller.</summary>
public enum RegionExitKind : byte
{
    /// <summary>
    /// The interpreter takes over at the instruction at <see cref="RegionExit.ProgramCounter"/>, in the midst of a
    /// block that has been paid for, and goes on to the end of that block. Whatever is rare leaves this way: accesses
    /// outside of the main memory run, bad jump targets, and stopping at an indirect jump.
    /// </summary>
    Resume,

    /// <summary>The block at <see cref="RegionExit.ProgramCounter"/> is not compiled, or cannot be entered.</summary>
    NotCompiled,

    /// <summary>The gas does not suffice for the block at <see cref="RegionExit.ProgramCounter"/>.</summary>
    OutOfGas,

    /// <summary>The instruction at <see cref="RegionExit.ProgramCounter"/> panics.</summary>
    Panic,

    /// <summary>A host call by number, <see cref="RegionExit.Detail"/>; the program counter is that after it.</summary>
    HostCall,

    /// <summary>A management call; the program counter is that after it.</summary>
    ManagementCall,

    /// <summary>The run was asked to stop before the block at <see cref="RegionExit.ProgramCounter"/>.</summary>
    Stopped,
}

namespace Pvm2.Native.Code;

/// <summary>The ways out of generated code, each with a stub of its own.</summary>
internal enum ExitKind : byte
{
    /// <summary>A block costs more than is left; the stub was called by it.</summary>
    OutOfGas,

    /// <summary>The instruction at the program counter panics.</summary>
    Panic,

    /// <summary>An <c>ecalli</c>; the program counter is the next instruction.</summary>
    HostCall,

    /// <summary>An <c>ecall.jar</c>; the program counter is the next instruction.</summary>
    ManagementCall,

    /// <summary>Asked to stop at the start of a block; the stub was called by it.</summary>
    Stopped,

    /// <summary>Asked to stop; the program counter is an indirect jump that has not been made.</summary>
    StoppedAtIndirectJump,

    /// <summary>A page fault.</summary>
    PageFault,
}

namespace Pvm2.IlJit.Regions;

/// <summary>How control leaves a basic block at its end.</summary>
internal enum BlockEnd : byte
{
    /// <summary>It does not: the run ends in a panic, at the latest at the end of the code.</summary>
    Panic,

    /// <summary>To the next block.</summary>
    FallThrough,

    /// <summary>To the next block or to a fixed one; to the next alone where the other does not exist.</summary>
    Branch,

    /// <summary>To a fixed block.</summary>
    Jump,

    /// <summary>To a fixed block that gets an address to return to, which is that of the next block.</summary>
    Call,

    /// <summary>To a computed block that gets an address to return to, which is that of the next block.</summary>
    IndirectCall,

    /// <summary>To a computed block: where a call left off.</summary>
    Return,

    /// <summary>To a computed block.</summary>
    IndirectJump,

    /// <summary>To the host, which lets the run go on at the next block.</summary>
    HostCall,
}

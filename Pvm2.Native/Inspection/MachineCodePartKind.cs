namespace Pvm2.Native.Inspection;

/// <summary>What a piece of a module's machine code is.</summary>
public enum MachineCodePartKind
{
    /// <summary>A way in or out that all of the module's code shares.</summary>
    Stub,

    /// <summary>The way out of a block at its start, where gas is short or the run is asked to stop.</summary>
    BlockExit,

    /// <summary>A guest instruction; the first one of a block has the charge of the block's gas before it.</summary>
    Instruction,

    /// <summary>What is run where a guest runs off the end of its code.</summary>
    EndOfCode,

    /// <summary>A way out of an instruction that is seldom taken, away from the instruction.</summary>
    ColdExit,

    /// <summary>The charge of a block that costs more than 2^31 − 1, away from the block.</summary>
    LargeCharge,

    /// <summary>
    /// Where <c>jalr</c> finds its target: for each halfword of guest code four bytes, the distance from the table's
    /// start to the block that starts there, or zero.
    /// </summary>
    BlockStartTable,

    /// <summary>
    /// The targets of a <c>br_table</c>, eight bytes each: positions here, addresses once the code lies in the arena.
    /// </summary>
    JumpTable,

    /// <summary>Bytes that are never run or read, for alignment.</summary>
    Padding,
}

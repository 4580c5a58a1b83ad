using Pvm2.Runtime.Isa;

namespace Pvm2.Linker.Input;

/// <summary>An instruction of the ELF and what the passes have found out about it.</summary>
internal struct SourceInstruction
{
    /// <summary>As decoded.</summary>
    public Instruction Decoded;

    /// <summary>What becomes of it.</summary>
    public InstructionKind Kind;

    /// <summary>Whether control can reach it.</summary>
    public bool IsReachable;

    /// <summary>Whether something other than the instruction before it goes there, so that it must start a block.</summary>
    public bool IsTarget;

    /// <summary>Whether its address is taken, in code or in data.</summary>
    public bool IsAddressTaken;

    /// <summary>Index of its code section.</summary>
    public int Section;

    /// <summary>Bytes into its section.</summary>
    public uint Offset;

    /// <summary>The address it loads; for a branch or jump the instruction it goes to.</summary>
    public Location Reference;

    /// <summary>For a branch or jump: the index of the instruction it goes to.</summary>
    public readonly int Target => Reference.Index;

    /// <summary>Whether it is a call: a jump that links.</summary>
    public readonly bool IsCall => Kind is InstructionKind.Jump or InstructionKind.IndirectJump && Decoded.Rd != 0;
}

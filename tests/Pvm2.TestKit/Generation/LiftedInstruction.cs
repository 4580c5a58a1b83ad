using Pvm2.Runtime.Isa;

namespace Pvm2.TestKit.Generation;

/// <summary>An instruction of a <see cref="LiftedProgram"/>; each is itself alone, whatever its bytes.</summary>
/// <param name="instruction">What it is; it may be illegal.</param>
/// <param name="bits">Its bytes, little-endian.</param>
public sealed class LiftedInstruction(Instruction instruction, uint bits)
{
    /// <summary>What it is; it may be illegal.</summary>
    public Instruction Instruction => instruction;

    /// <summary>Its bytes, little-endian.</summary>
    public uint Bits => bits;

    /// <summary>Whether the next instruction starts a block.</summary>
    public bool IsTerminator =>
        instruction.IsIllegal || (instruction.Traits & InstructionTraits.Terminator) != 0;

    /// <summary>Where a branch or jump leads; null for others, and where that is no instruction.</summary>
    internal LiftedInstruction? Target { get; set; }
}

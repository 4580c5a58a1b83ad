using Pvm2.Runtime.Isa;

namespace Pvm2.IlJit.Regions;

/// <summary>
/// Estimates how much IL guest code becomes, for the planning of regions. Estimates must not be negative, and each at
/// most a billion; an estimate that is too low can make a method that RyuJIT does not optimise.
/// </summary>
internal class LoweringCost
{
    private static readonly LoweringSize Block = new(14, 5);

    /// <summary>What an instruction becomes, a terminator too; the averages over large guests, and a little more.</summary>
    /// <remarks>An access is compared once for all accesses from the same register, here a third of that.</remarks>
    internal virtual LoweringSize OfInstruction(in Instruction instruction) => instruction.Family switch
    {
        InstructionFamily.Load or InstructionFamily.Store => new LoweringSize(13, 5),
        InstructionFamily.Branch => new LoweringSize(14, 4),
        InstructionFamily.Jump => new LoweringSize(12, 3),
        InstructionFamily.IndirectJump when instruction.Opcode == Opcode.Jalr => new LoweringSize(50, 12),
        InstructionFamily.IndirectJump => new LoweringSize(50, 10),
        _ => new LoweringSize(5, 3),
    };

    /// <summary>What a block takes besides its instructions: its charge, and the way out of it.</summary>
    internal virtual LoweringSize OfBlock => Block;

    /// <summary>What a <c>br_table</c> takes besides, if it jumps within its region.</summary>
    /// <remarks>A <c>switch</c> is one instruction, but takes four bytes a target, and bytes are limited too.</remarks>
    /// <param name="targets">Entries of its table, at most <see cref="RegionLimits.MaxSwitchTargets"/>.</param>
    internal virtual LoweringSize OfSwitch(int targets) => new(targets, 0);
}
